#!/usr/bin/env bash
# Prepare this checkout: system packages (as root, on Debian), a virtual environment, the locked packages.
#   scripts/setup.sh agency|dev VENV
# Without root it installs no system package; it says what is missing and goes on where it can.
set -euo pipefail
cd "$(dirname "$0")/.."
kind="$1"
venv="$2"
python="${PYTHON:-python3}"
export PATH="$PATH:/usr/sbin:/sbin"

say() { printf '%s\n' "$*" >&2; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  say "需要 Python 3.11 或更新版本（Python 3.11 or newer is needed）"
  exit 1
}

# Which Debian package brings what; a file or a command that shows it is there.
missing=()
need() { # need PACKAGE TEST...
  local package="$1"
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}
has_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
has_venv() { "$python" -c 'import venv, ensurepip'; }
has_pango() { ldconfig -p | grep libpangoft2-1.0 >/dev/null; } # not -q: it would break the pipe
has_subset() { ldconfig -p | grep libharfbuzz-subset >/dev/null; }
has_cjk() { ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc; }

need python3-venv has_venv
need libpangoft2-1.0-0 has_pango
need libharfbuzz-subset0 has_subset
need fonts-noto-cjk has_cjk
if [ "$kind" = dev ]; then
  need postgresql has_postgres
  need chromium command -v chromium
  need poppler-utils command -v pdftoppm
  need libreoffice-writer-nogui command -v soffice
  need libreoffice-calc-nogui ls /usr/lib/libreoffice/program/libsclo.so
fi

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "安装系统软件包：${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # A cluster that starts by itself is not wanted: tests start their own.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    log="$(mktemp)"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || {
      tail -20 "$log" >&2
      say "系统软件包安装失败；缺：${missing[*]}"
      exit 1
    }
    rm -f "$log"
  else
    say "缺少系统软件包（请用 root 执行 apt-get install ${missing[*]}）：没有它们，PDF、浏览器或 PostgreSQL 的部分不能运行。"
  fi
fi

stamp="$venv/.$kind"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
locks=(-r requirements/build.lock -r requirements/agency.lock)
[ "$kind" = dev ] && locks+=(-r requirements/dev.lock -r requirements/ocr.lock) # the tests read pictures too
say "安装 Python 软件包（按锁定文件与校验和）……"
# The locks are closed (a test says so), so nothing is resolved: what pip would choose today plays no part.
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --require-hashes "${locks[@]}"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
touch "$stamp"
