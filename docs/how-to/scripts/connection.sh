# Read by the others: puts the password of the address $url into a file that we alone can read, and takes it out of the
# address. What a command is given, everybody on the machine sees in the list of processes.
case $url in *[?\&]password=*) echo "the password has to stand before the @ of the address" >&2 && exit 2 ;; esac
umask 077
PGPASSFILE=$(mktemp)
export PGPASSFILE
trap 'rm -f "$PGPASSFILE"' EXIT
printf '%s\n' "$url" | sed -n 's|^[a-z]*://[^/@:]*:\([^/@]*\)@.*|\1|p' | LC_ALL=C awk '{
    digits = "0123456789ABCDEF"
    password = ""
    while (match($0, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
        high = index(digits, toupper(substr($0, RSTART + 1, 1))) - 1
        low = index(digits, toupper(substr($0, RSTART + 2, 1))) - 1
        password = password substr($0, 1, RSTART - 1) sprintf("%c", high * 16 + low)
        $0 = substr($0, RSTART + 3)
    }
    password = password $0
    gsub(/[\\:]/, "\\\\&", password)
    print "*:*:*:*:" password
}' >"$PGPASSFILE"
url=$(printf '%s\n' "$url" | sed 's|^\([a-z]*://[^/@:]*\):[^/@]*@|\1@|')
