"""Letters of an older database: their place in the register is read from their numbers."""

from sqlalchemy import Engine

from tests.database.test_schema import OLDEST
from workflow.migrations import upgrade
from workflow.migrations.schema import statements, words_of

ROWS = """
INSERT INTO agencies (id, code, name, letter_code, kind, address, phone, reconsideration_body, court)
VALUES (1, 'ZY', '招远市财政局', '招财', 'department', '', '', '', '');
INSERT INTO cases (id, number, agency_id, applicant_kind, applicant_name, person_index, title, description,
    request_digest, created_at, version, state, channel, provisional, excluded_workdays, extension_workdays,
    overdue_when_paused, calendar)
VALUES (1, 'ZY-2026-0001', 1, 'other', '张三', '', '甲', '乙', '', '2026-07-01 00:00:00', 1, 'screening',
    'fax', false, 0, 0, false, 0);
"""
LETTER = """
INSERT INTO letters
    (id, agency_id, case_id, event_seq, kind, number, on_date, template, context, html, sha256)
VALUES ({id}, 1, 1, 1, 'receipt', '{number}', '2026-07-01', '', '', '', '')
"""
NUMBERS = {1: "招财公开收〔2026〕1号", 2: "招财公开收〔2026〕12号", 3: "招财公开告〔2026〕1号", 4: "手写的号"}


def test_the_upgrade_reads_group_and_running_number_from_each_number(empty: Engine) -> None:
    dialect = empty.dialect.name
    letters = [LETTER.format(id=key, number=number) for key, number in NUMBERS.items()]
    with empty.begin() as connection:
        for statement in (*statements(dialect, words_of(OLDEST, dialect)), *ROWS.split(";\n"), *letters):
            if statement.strip():
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")

    upgrade(empty)

    with empty.connect() as connection:
        rows = connection.exec_driver_sql("SELECT series, n FROM letters ORDER BY id").all()
    assert [tuple(row) for row in rows] == [("收", 1), ("收", 12), ("告", 1), (None, None)]
