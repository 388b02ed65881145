from django.db import migrations

from jingban.casework.separation import Guard
from jingban.safeguards.guard import SECOND_ACCOUNT


class Migration(migrations.Migration):

    dependencies = [
        ('safeguards', '0002_clearance'),
        ('casework', '0002_separation'),
    ]

    operations = [
        Guard(SECOND_ACCOUNT),
    ]
