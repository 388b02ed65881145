from django.db import migrations

from jingban.payments.guard import CREDIT, PARTS, RUN


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0003_bounces_and_held'),
    ]

    operations = [RUN, CREDIT, *PARTS]
