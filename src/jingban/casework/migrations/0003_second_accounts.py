from django.db import migrations

from jingban.casework.separation import SECOND_ACCOUNTS, Guard


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_separation'),
        ('payments', '0001_initial'),
    ]

    operations = [
        Guard(*SECOND_ACCOUNTS),
    ]
