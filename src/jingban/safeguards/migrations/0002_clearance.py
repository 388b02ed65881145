from django.db import migrations

from jingban.safeguards.barred import GuardClearance


class Migration(migrations.Migration):

    dependencies = [
        ('safeguards', '0001_initial'),
        ('payments', '0004_clearance'),
    ]

    operations = [GuardClearance()]
