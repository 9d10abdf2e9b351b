"""The package's folders, with the templates and the files of a new site that lie beside it in the repository and inside of it once it is installed.

``pyproject.toml`` alone would take a list of all folders by hand: its search for packages knows no other place for one of them.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["macros*"]), "macros.overrides", "macros.project.shared"],
    package_dir={"macros.overrides": "overrides", "macros.project.shared": "."},
)
