from django.db import migrations

from jingban.casework.separation import CREDITS, Guard


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0001_initial'),
        ('payments', '0002_credits'),
    ]

    operations = [Guard(*CREDITS)]
