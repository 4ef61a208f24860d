"""Base45, the text form that QR codes store most tightly. Source: RFC 9285."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}


def encode(content: bytes) -> str:
    """Return the Base45 text of `content`: three characters for two bytes, two for a last single one."""
    text = []
    for place in range(0, len(content), 2):
        pair = content[place : place + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            text.append(_ALPHABET[digit])
    return "".join(text)


def decode(text: str) -> bytes:
    """Return the bytes of a Base45 text.

    Raises:
        ValueError: a character outside the alphabet, a group that is too large, or a dangling character.
    """
    content = bytearray()
    for place in range(0, len(text), 3):
        group = text[place : place + 3]
        if len(group) == 1 or any(character not in _VALUE for character in group):
            raise ValueError("not Base45")
        number = sum(_VALUE[character] * 45**power for power, character in enumerate(group))
        size = len(group) - 1
        if number >= 256**size:
            raise ValueError("not Base45")
        content += number.to_bytes(size, "big")
    return bytes(content)
