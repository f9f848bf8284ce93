"""ipykernel, in a process that was forked: it leaves alone what it need not write to.

A kernel shares the zygote's memory as long as nobody writes there; to look at an object is to
write, because that counts a reference.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from types import ModuleType
from typing import Any, ClassVar

from ipykernel import ipkernel, kernelapp
from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from traitlets import DottedObjectName, Type


@cache
def files_of_modules() -> list[str]:
    """Of all that is imported; the debugger does not step into them."""
    return [
        file for each in list(sys.modules.values()) if (file := getattr(each, "__file__", None))
    ]


class _WithoutModules(ModuleType):
    """``sys``, to which nothing has been imported."""

    modules: ClassVar[dict[str, ModuleType]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


class ForkedKernel(IPythonKernel):  # type: ignore[misc]
    """As ever, but it has its list of modules from the zygote: to make one, it would look at
    each of them, which costs 7 MB.
    """

    def __init__(self, **options: Any) -> None:
        ipkernel.sys = _WithoutModules("sys")
        try:
            super().__init__(**options)
        finally:
            ipkernel.sys = sys
        self._kernel_modules = files_of_modules()
        if self.debugger:
            self.debugger.kernel_modules = self._kernel_modules


class PromptStream(OutStream):  # type: ignore[misc]
    """As ever, but it waits for its thread only where there is something to be sent: it is flushed
    several times a cell.
    """

    def flush(self) -> None:
        if self._buffers or self.echo is not None:
            super().flush()


class IPKernelApp(kernelapp.IPKernelApp):  # type: ignore[misc]
    """The application of such a kernel; lines of its log begin with its name, which is as ever."""

    kernel_class = Type(ForkedKernel, klass="ipykernel.kernelbase.Kernel").tag(config=True)
    outstream_class = DottedObjectName(f"{__name__}.PromptStream").tag(config=True)

    def init_gui_pylab(self) -> None:
        super().init_gui_pylab()
        if matplotlib := sys.modules.get("matplotlib"):  # which reads this when it is imported
            matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]

    def init_kernel(self) -> None:
        super().init_kernel()
        if widgets := sys.modules.get("ipywidgets"):  # which met no kernel when it was imported
            widgets.register_comm_target()
