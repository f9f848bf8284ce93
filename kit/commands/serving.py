"""What the commands that serve until Ctrl-C share: their options, what they say, and their end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kit.words import _

if TYPE_CHECKING:
    from kit.server.start import Running

Command = TypeVar("Command", bound=Callable[..., Any])

LAST_PORT = 65535


def serving_options(port: int) -> Callable[[Command], Command]:
    """The options of a command that serves, on this port if it is free."""
    options = (
        click.option(
            "--port",
            default=port,
            show_default=True,
            callback=_real_port,
            help=_("Tried first; if taken, the next."),
        ),
        click.option("--no-browser", is_flag=True, help=_("Do not open a browser.")),
        click.option(
            "--json", "as_json", is_flag=True, help=_("Print one JSON line when it answers.")
        ),
        click.option(
            "--verbose", is_flag=True, help=_("Show the server's messages in the terminal.")
        ),
    )

    def with_options(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


def _real_port(_context: click.Context, _option: click.Parameter, port: int) -> int:
    if not 1 <= port <= LAST_PORT:
        raise click.BadParameter(
            _("{port} is not a port; use 1 to {last}.").format(port=port, last=LAST_PORT)
        )
    return port


def announce(running: Running, *, wanted: int, as_json: bool, opened: str, then: str) -> None:
    """Say where a server answers.

    Args:
        wanted: the port that was asked for.
        opened: what to say of its ``{url}``.
        then: what to do with it, and how it ends.
    """
    if as_json:
        record = {key: getattr(running, key) for key in ("url", "port", "pid")}
        click.echo(json.dumps(record))
        return
    if not running.new:
        already = _("This course is already open (process {pid}): {url}")
        click.echo(already.format(pid=running.pid, url=running.url))
        return
    if running.port != wanted:
        click.echo(
            _("Port {wanted} is taken; using {port}.").format(wanted=wanted, port=running.port)
        )
    click.echo(opened.format(url=running.url))
    click.echo(then)


def exit_at_once() -> None:
    """End this process, whose server has stopped."""
    # A request that was open when the server stopped leaves a worker thread which never ends,
    # and Python would wait for it. Everything of ours is closed by now.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
