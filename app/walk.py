"""The main job on one notice, from file to closed, as the people of the demonstration."""


def walk(notice, *, language, council, dossier, out) -> int:
    """Take a notice through the whole main job; 0 only if it ends closed with recommendations that will be used."""
    raise NotImplementedError
