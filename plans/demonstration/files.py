"""A file on its way into the directory: checked, with a few wrong rows, waiting to be looked at."""

from network.actions import importing, imports
from network.models import DirectoryImport, Worker

FILE = """\
Nimi;Toimiala;Julkinen palvelu;Verkkosivu
Kuopion vertaisperheet ry;järjestöt;ei;https://vertaisperheet.example
Savon isovanhemmat ry;järjestöt;ei;
Iisalmen kulttuuripaja;kulttuuri;kyllä;https://kulttuuripaja.example
Lapinlahden liikuntaseura;urheilu;ei;
Varkauden perheyhdistys;järjestöt;ehkä;
Savon isovanhemmat ry;järjestöt;ei;
"""


def send_one(administrator: Worker) -> int:
    """Send the file and check it; how many rows it would add."""
    row = imports.upload(
        by=administrator, kind="organisations", file_name="yhdistykset.csv", content=FILE.encode("cp1252")
    )
    importing.check(row.pk)
    return DirectoryImport.objects.get(pk=row.pk).written_count
