"""The team file: what a team writes about itself, read into values with every error at once, and written out again.

`read` and `parse` to read, `write` to write, `warnings` for what is allowed but ought to be known.
"""

from oncall.people.teamfile.cautions import warnings
from oncall.people.teamfile.problems import BadTeamFile, Problem
from oncall.people.teamfile.reading import parse, read
from oncall.people.teamfile.values import TeamFile
from oncall.people.teamfile.writing import write

__all__ = ["BadTeamFile", "Problem", "TeamFile", "parse", "read", "warnings", "write"]
