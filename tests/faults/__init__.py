"""What may go wrong from outside: kills, machines that meet, disks that fail, hostile inputs.

The program is used as a learner uses it (commands, keys, files), and judged by what its journals say when
they are read as lines of JSON. Short forms are tests; `python -m tests.faults` is the long one.
"""
