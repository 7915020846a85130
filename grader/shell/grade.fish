# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_grade_global_optspecs
    string join \n solutions submission= format= seed= list replay= html= v/verbose no-cache strict sandbox= extra= weight= min-score= rerun-inconclusive= compile-seconds= export= sign= plain h/help V/version
end

function __fish_grade_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_grade_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_grade_using_subcommand
    set -l cmd (__fish_grade_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c grade -n "__fish_grade_needs_command" -l submission -d 'Grade what was handed in instead: a folder, an archive (zip, tar, tar.gz) or a Git repository (DIR.git, DIR/.git, DIR#revision) with the answers in exercises/NN-name/src' -r -F
complete -c grade -n "__fish_grade_needs_command" -l format -d 'How to write the report' -r -f -a "human\t''
json\t''
junit\t''
gradescope\t''
classroom50\t''
github-classroom\t''
github\t''
markdown\t''
code-quality\t''
autolab\t''
prairielearn\t''
exercism\t''
submitty\t''
sarif\t''
csv\t''"
complete -c grade -n "__fish_grade_needs_command" -l seed -d 'Where all randomness comes from [default: the same every time, and with --strict a new one]' -r
complete -c grade -n "__fish_grade_needs_command" -l replay -d 'Run one schedule of one model check alone, as a failure shows it, with what the code prints at each step. Gives no points' -r
complete -c grade -n "__fish_grade_needs_command" -l html -d 'Write the report as a web page as well: one file, readable without a network' -r -F
complete -c grade -n "__fish_grade_needs_command" -l sandbox -d 'What stands between the answers and this machine [default: auto with --strict, else off]' -r -f -a "auto\t'What this machine has'
require\t'All of it, or no verdict'
off\t'None'"
complete -c grade -n "__fish_grade_needs_command" -l extra -d 'Lay a folder of your own checks over the course' -r -F
complete -c grade -n "__fish_grade_needs_command" -l weight -d 'Make a point of an exercise count this much in the score; may be repeated' -r
complete -c grade -n "__fish_grade_needs_command" -l min-score -d 'Succeed from this score on, in per cent, even if some check failed' -r
complete -c grade -n "__fish_grade_needs_command" -l rerun-inconclusive -d 'Run a check that could not be decided again, up to N times' -r
complete -c grade -n "__fish_grade_needs_command" -l compile-seconds -d 'CPU seconds that the compiler may use for one answer' -r
complete -c grade -n "__fish_grade_needs_command" -l export -d 'Write the report to a file as well, in any format; may be repeated' -r
complete -c grade -n "__fish_grade_needs_command" -l sign -d 'Sign every JSON report that is exported with this Ed25519 key; the signature goes to FILE.sig' -r -F
complete -c grade -n "__fish_grade_needs_command" -l solutions -d 'Grade the reference answers instead of what is in exercises/'
complete -c grade -n "__fish_grade_needs_command" -l list -d 'List the exercises and their checks instead of grading'
complete -c grade -n "__fish_grade_needs_command" -s v -l verbose -d 'Show every check, how long it took and what was seen'
complete -c grade -n "__fish_grade_needs_command" -l no-cache -d 'Run every check again, even where nothing changed'
complete -c grade -n "__fish_grade_needs_command" -l strict -d 'Grade for marks: a policy, a sandbox, a seed that nobody knows, no verdict from earlier runs'
complete -c grade -n "__fish_grade_needs_command" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grade -n "__fish_grade_needs_command" -s V -l version -d 'Print version'
complete -c grade -n "__fish_grade_needs_command" -a "watch" -d 'Grades on every save, with hints, list and editor at a key'
complete -c grade -n "__fish_grade_needs_command" -a "next" -d 'Says what to do next, and grades it'
complete -c grade -n "__fish_grade_needs_command" -a "list" -d 'Shows your progress'
complete -c grade -n "__fish_grade_needs_command" -a "hint" -d 'Shows one hint more than last time'
complete -c grade -n "__fish_grade_needs_command" -a "explain" -d 'Explains a fault'
complete -c grade -n "__fish_grade_needs_command" -a "solution" -d 'Shows the solutions of an exercise: once it passes, or when asked twice'
complete -c grade -n "__fish_grade_needs_command" -a "reset" -d 'Brings an exercise back as it was in the beginning; what was there is kept'
complete -c grade -n "__fish_grade_needs_command" -a "doctor" -d 'Looks at this machine: what works here, and what to do about the rest'
complete -c grade -n "__fish_grade_needs_command" -a "completions" -d 'Prints what a shell needs to complete this command'
complete -c grade -n "__fish_grade_needs_command" -a "self-test" -d 'Grades the course itself: stubs, reference answers, other right answers, wrong answers'
complete -c grade -n "__fish_grade_needs_command" -a "new" -d 'Writes the files of a new exercise: for authors'
complete -c grade -n "__fish_grade_needs_command" -a "pack" -d 'Puts the course into the one file that a course platform takes'
complete -c grade -n "__fish_grade_needs_command" -a "verify" -d 'Checks the signature of a report'
complete -c grade -n "__fish_grade_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c grade -n "__fish_grade_using_subcommand watch" -l seed -d 'Where all randomness comes from' -r
complete -c grade -n "__fish_grade_using_subcommand watch" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand watch" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand next" -l after -d 'The exercise after this one that does not pass yet; else the first' -r
complete -c grade -n "__fish_grade_using_subcommand next" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand next" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand list" -l open -d 'Only those that do not pass yet'
complete -c grade -n "__fish_grade_using_subcommand list" -l passed -d 'Only those that pass'
complete -c grade -n "__fish_grade_using_subcommand list" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand list" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand hint" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand hint" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand explain" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand explain" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand solution" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand solution" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand reset" -l all -d 'Every exercise'
complete -c grade -n "__fish_grade_using_subcommand reset" -l undo -d 'Bring back what the last reset took away: of these exercises, or of all that it was for'
complete -c grade -n "__fish_grade_using_subcommand reset" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand reset" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand doctor" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand completions" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand completions" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand self-test" -l seed -d 'Where all randomness comes from' -r
complete -c grade -n "__fish_grade_using_subcommand self-test" -l traces -d 'Write the interleaving that breaks each wrong answer to DIR/NN-name/ANSWER.json and .txt' -r -F
complete -c grade -n "__fish_grade_using_subcommand self-test" -l no-cache -d 'Run every check again, even where nothing changed'
complete -c grade -n "__fish_grade_using_subcommand self-test" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand self-test" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand new" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand new" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand pack" -s o -l output -d 'The file to write' -r -F
complete -c grade -n "__fish_grade_using_subcommand pack" -l extra -d 'Lay a folder of your own checks over the course' -r -F
complete -c grade -n "__fish_grade_using_subcommand pack" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c grade -n "__fish_grade_using_subcommand verify" -l key -d 'The public key of whoever signed it' -r -F
complete -c grade -n "__fish_grade_using_subcommand verify" -l plain -d 'Plain sentences: no colour, no symbols, no columns. For screen readers and logs'
complete -c grade -n "__fish_grade_using_subcommand verify" -s h -l help -d 'Print help'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "watch" -d 'Grades on every save, with hints, list and editor at a key'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "next" -d 'Says what to do next, and grades it'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "list" -d 'Shows your progress'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "hint" -d 'Shows one hint more than last time'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "explain" -d 'Explains a fault'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "solution" -d 'Shows the solutions of an exercise: once it passes, or when asked twice'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "reset" -d 'Brings an exercise back as it was in the beginning; what was there is kept'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "doctor" -d 'Looks at this machine: what works here, and what to do about the rest'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "completions" -d 'Prints what a shell needs to complete this command'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "self-test" -d 'Grades the course itself: stubs, reference answers, other right answers, wrong answers'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "new" -d 'Writes the files of a new exercise: for authors'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "pack" -d 'Puts the course into the one file that a course platform takes'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "verify" -d 'Checks the signature of a report'
complete -c grade -n "__fish_grade_using_subcommand help; and not __fish_seen_subcommand_from watch next list hint explain solution reset doctor completions self-test new pack verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
