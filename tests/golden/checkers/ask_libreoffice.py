"""Ask LibreOffice's own signature service about Office files; run by the system's Python, which has its bridge.

Arguments: the soffice program, a scratch folder, the files. Prints one line of JSON per file.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # comes with LibreOffice

NoConnectException = uno.getClass("com.sun.star.connection.NoConnectException")
ZIP_FORMAT = uno.getClass("com.sun.star.beans.PropertyValue")("StorageFormat", 0, "ZipFormat", 0)


def connect(pipe: str) -> Any:  # Any: everything behind the bridge
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def signatures(context: Any, file: Path) -> list[dict[str, object]]:
    manager = context.ServiceManager
    storages = manager.createInstanceWithContext("com.sun.star.embed.StorageFactory", context)
    extra = uno.Any("[]com.sun.star.beans.PropertyValue", (ZIP_FORMAT,))
    storage = uno.invoke(storages, "createInstanceWithArguments", ((file.as_uri(), 1, extra),))
    checker = manager.createInstanceWithArgumentsAndContext(
        "com.sun.star.security.DocumentDigitalSignatures", ("1.2", True), context
    )
    found = checker.verifyDocumentContentSignatures(storage, None)
    return [{"valid": one.SignatureIsValid, "certificate": one.CertificateStatus} for one in found]


def main() -> None:
    soffice, scratch, *files = sys.argv[1:]
    pipe = f"maturity{Path(scratch).name}"
    profile = Path(scratch, "profile").as_uri()
    options = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={profile}"]
    server = subprocess.Popen([soffice, *options, f"--accept=pipe,name={pipe};urp;"])
    try:
        context = connect(pipe)
        for file in files:
            print(json.dumps(signatures(context, Path(file))), flush=True)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.terminate()
        server.wait(30)
    finally:
        server.kill()


main()
