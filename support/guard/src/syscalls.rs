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

/// Denies them to this process and all below it; `false` where the kernel cannot.
pub fn deny() -> bool {
    filters().is_some_and(|filters| filters.iter().all(|filter| apply_filter(filter).is_ok()))
}

fn filters() -> Option<[BpfProgram; 2]> {
    let mut denied: BTreeMap<i64, Vec<SeccompRule>> =
        DENIED.iter().map(|&call| (call, Vec::new())).collect();
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
