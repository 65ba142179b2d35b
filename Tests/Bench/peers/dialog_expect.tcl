# dialog_expect.tcl SECRET-FILE PORT: one dialog by Tcl expect, one JSON line.
log_user 0
set timeout 10
match_max 8192
set file [open [lindex $argv 0]]
set secret [string trim [read $file]]
close $file
set path [lindex $argv 1]
exec stty -F $path 115200 raw -echo
set port [open $path r+]
fconfigure $port -translation binary -buffering none -blocking 0
spawn -open $port

proc reset {prompt} {
    send "reset\r"
    expect -ex "bc init done\r\n" {} timeout { puts stderr "no boot"; exit 1 }
    expect -ex $prompt {} timeout { exit 1 }
}
proc ask {command prompt} {
    send -- "$command\r"
    expect -ex "$command\r\n" {} timeout { puts stderr "no echo"; exit 1 }
    expect -ex $prompt {} timeout { puts stderr "no prompt"; exit 1 }
    set reply $expect_out(buffer)
    foreach word {usage "not in" invalid error unrecognized} {
        if {[string first $word $reply] >= 0} { puts stderr $reply; exit 1 }
    }
    return $reply
}
set begin [clock microseconds]
set p "setup-> "
reset $p
set identity [ask "show id" $p]
foreach command [list "wifi profile ap" "wifi ssid-mac Ayla-" "wifi security none" "wifi profile enable" "wifi commit" \
    "oem 0dfc7900" "oem model ledevb" "oem key $secret"] { ask $command $p }
if {[string first "(is set)" [ask "oem" $p]] < 0} { exit 1 }
foreach command {"client server region US" "setup_mode disable" "save"} { ask $command $p }
reset "--> "
ask "show id" "--> "
if {[string first "(is set)" [ask "oem" "--> "]] < 0} { exit 1 }
puts "{\"dialog_ms\":\[[expr {([clock microseconds] - $begin) / 1000.0}]\]}"
