from django.db import migrations

from jingban.console.guard import JOB


class Migration(migrations.Migration):

    dependencies = [
        ('console', '0002_credit_task'),
    ]

    operations = [JOB]
