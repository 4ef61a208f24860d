"""Every preference of the user, described once (`options`) and kept as a TOML file (`store`).

What belongs to an assessment lives in its workspace; here is only what belongs to this person on this computer.
"""
