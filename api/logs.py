"""Logs as one JSON object a line on standard error, or readable where a person watches."""

import logging
import sys

import structlog


def configure() -> None:
    """Send the program's and the server's messages to standard error in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        # Plain: a traceback that shows local variables shows the applicant.
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, renderer],
        # Standard error as it is when something is logged: whoever redirects it is heeded.
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.INFO
    # Of the server only what matters: starts, stops, failures.
    for name in ("apscheduler", "alembic", "transitions"):
        logging.getLogger(name).setLevel(logging.WARNING)
