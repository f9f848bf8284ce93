"""The suites of jupyter_client and nbclient, run with kernels of ``kit-warm`` and with stock ones.

    python -m tests.upstream                  both suites, whole: a table; exit 1 on a difference
    python -m tests.upstream nbclient         one of them
    python -m tests.upstream --quick          the part that `make test` runs with forked ones
    python -m tests.upstream --logs FOLDER    keep what pytest printed

Whether tests pass is theirs to say; that each ends with kernels of ``kit-warm`` as it ends with
stock ones is ours. `fetch` gets the suites: wheels leave them out, and we do not vendor them, so
pip fetches the source distributions of the versions installed here, by the hashes in
``requirements-dev.lock``, and the plugins their tests need, by those in ``requirements.txt``. All
of it is kept in ``.upstream`` in the virtual environment, apart from our own packages. The set-up
of ``make test`` does this; the tests need no network. `run` runs a suite in a process of its own;
in there, `observer` writes down how each test ended and how each kernel was started.

Some kernels are none of the zygote's, and start the usual way there too: those that are no Python
kernel of this environment, or whose output the test wants to read itself. Programs that a test
starts have zygotes of their own, which `observer` does not see.
"""
