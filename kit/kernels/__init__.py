"""Kernels that are ready at once: forked from a process that has imported what lessons use.

::

    server, grader          zygote                        kernel
    ──────────────          ──────                        ──────
    WarmProvisioner   ───►  imports once, then waits
      launch_kernel   ───►  fork  ─────────────────────►  ipykernel, as if started by itself
      send_signal, poll ──► signals, reaps

Where this cannot be had (Windows, macOS, another environment) jupyter_client's own provisioner
starts the kernel, as ever.
"""
