"""Ask for every link that leads out of a finished site; for continuous integration at night, not a command of `kepu`.

python -m macros.cli.links SITE [--exceptions FILE] [--cache FILE] [--out FILE] [--format text|json|github]
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.reporting import say
from macros.publishing.crawl.external import (
    AnswerCache,
    ask_for_links,
    ask_host,
    link_problems,
    outward_links,
    read_exceptions,
    results_file,
)
from macros.publishing.release.disk import overwrite
from macros.records.problems import has_errors
from macros.site.git import now

EXCEPTIONS = Path(".ci/links.toml")
"""Below the folder of the project, where it is run."""


@click.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--exceptions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=EXCEPTIONS,
    help="不查的网址的清单，每条写明原因；默认是 .ci/links.toml。",
)
@click.option("--cache", type=click.Path(dir_okay=False, path_type=Path), help="记住查成的网址的文件，七天内不再查。")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="结果写到这个文件，给 kepu check --inspection --links 用。",
)
@click.option("--format", "form", type=click.Choice(list(reporting.FORMS)), default="text", help="输出格式。")
def links(site: Path, exceptions: Path, cache: Path | None, out: Path | None, form: str) -> None:
    """逐个查网站里通向别处的链接：失效的是错误，没有查成的是提醒。"""
    excused, problems = read_exceptions(exceptions)
    remembered, asked = AnswerCache(cache, now().date()), outward_links(site)
    answers = ask_for_links(asked, excused, remembered(ask_host))
    problems += link_problems(asked, excused, answers, exceptions.name)
    if cache:
        overwrite(cache, remembered.content)
    if out:
        overwrite(out, results_file(asked, answers, now().date()))
    say(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


if __name__ == "__main__":
    links()
