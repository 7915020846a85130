//! Seccomp: system calls that no exercise needs and that attacks do.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

/// Looking into other processes, changing what is mounted, new namespaces, the kernel itself, memory
/// that no process owns.
const DENIED: &[libc::c_long] = &[
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_userfaultfd,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_syslog,
    libc::SYS_quotactl,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_shmget,
    libc::SYS_msgget,
    libc::SYS_semget,
    libc::SYS_mq_open,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_fanotify_init,
    // Exercises need pairs of sockets, and no address: so there is no way to another machine, nor to
    // a daemon on this one, where there are no namespaces either.
    libc::SYS_socket,
    libc::SYS_connect,
];

/// What reaches others where nothing separates from them. Landlock covers contents and names, not
/// modes, times and attributes of files: a time can make cargo take something old for built, an
/// attribute can hold a note for the next answer. Limits and priorities of other processes last as
/// well: a shell hands them down to the next grader.
const SHARED: &[libc::c_long] = &[
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    libc::SYS_setpriority,
    libc::SYS_ioprio_set,
    libc::SYS_sched_setscheduler,
    libc::SYS_sched_setparam,
    libc::SYS_sched_setattr,
    // Newer ones, which have the same number everywhere: fchmodat2, setxattrat, removexattrat,
    // file_setattr.
    452,
    463,
    466,
    469,
];

/// The same by older names, which newer architectures do not have.
#[cfg(target_arch = "x86_64")]
const SHARED_BEFORE: &[libc::c_long] = &[
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
    libc::SYS_futimesat,
];
#[cfg(not(target_arch = "x86_64"))]
const SHARED_BEFORE: &[libc::c_long] = &[];

/// Flags of `clone` that make namespaces.
const NAMESPACES: [libc::c_int; 7] = [
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWNS,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWCGROUP,
];

/// Denies them to this process and all below it; `false` where the kernel cannot. `shared`: files and
/// processes of others are within reach.
pub fn deny(shared: bool) -> bool {
    filters(shared).is_some_and(|filters| filters.iter().all(|filter| apply_filter(filter).is_ok()))
}

fn filters(shared: bool) -> Option<[BpfProgram; 2]> {
    let always = |calls: &[libc::c_long]| -> BTreeMap<i64, Vec<SeccompRule>> {
        calls.iter().map(|&call| (call, Vec::new())).collect()
    };
    let mut denied = always(DENIED);
    if shared {
        denied.extend(always(SHARED));
        denied.extend(always(SHARED_BEFORE));
        let of_others = condition(0, SeccompCmpOp::Ne, 0)?;
        denied.insert(libc::SYS_prlimit64, vec![SeccompRule::new(vec![of_others]).ok()?]);
    }
    let mut clones = Vec::new();
    for flag in NAMESPACES.map(|flag| u64::from(flag.unsigned_abs())) {
        clones
            .push(SeccompRule::new(vec![condition(0, SeccompCmpOp::MaskedEq(flag), flag)?]).ok()?);
    }
    denied.insert(libc::SYS_clone, clones);
    // Typing into a terminal that belongs to somebody else.
    let typing = condition(1, SeccompCmpOp::Eq, libc::TIOCSTI)?;
    denied.insert(libc::SYS_ioctl, vec![SeccompRule::new(vec![typing]).ok()?]);
    // The flags of `clone3` lie behind a pointer, where no filter can look. Told that it is not
    // there, the C library uses `clone`.
    let modern = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    Some([program(modern, libc::ENOSYS)?, program(denied, libc::EPERM)?])
}

fn condition(argument: u8, operator: SeccompCmpOp, value: u64) -> Option<SeccompCondition> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value).ok()
}

fn program(rules: BTreeMap<i64, Vec<SeccompRule>>, error: libc::c_int) -> Option<BpfProgram> {
    let arch: TargetArch = std::env::consts::ARCH.try_into().ok()?;
    let denied = SeccompAction::Errno(error.unsigned_abs());
    SeccompFilter::new(rules, SeccompAction::Allow, denied, arch).ok()?.try_into().ok()
}
