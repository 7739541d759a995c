"""A passkey of software: what a phone answers when a page asks it."""

import hashlib
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

ORIGIN, HOST = "https://testserver", "testserver"
PRESENT, VERIFIED, CREDENTIAL = 0x01, 0x04, 0x40


class Device:
    """One key pair for one site; with `verified` it asked who is there."""

    def __init__(self, *, verified: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = b"a-credential-of-32-bytes-exactly"
        self.flags = PRESENT | (VERIFIED if verified else 0)
        self.user = ""

    def create(self, options: dict, *, origin: str = ORIGIN) -> str:
        """Answers creation_options."""
        self.user = options["publicKey"]["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), self.flags | CREDENTIAL, 0, credential)
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options, origin),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def get(self, options: dict, *, origin: str = ORIGIN) -> str:
        """Answers request_options."""
        client = self._client("webauthn.get", options, origin)
        data = AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), self.flags, 1)
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.user)

    def _client(self, type_: str, options: dict, origin: str) -> bytes:
        return CollectedClientData.create(type=type_, challenge=options["publicKey"]["challenge"], origin=origin)

    def _answer(self, **response: object) -> str:
        shown = {name: value if isinstance(value, str) else websafe_encode(bytes(value)) for name, value in response.items()}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": shown, "clientExtensionResults": {}})
