//! The reference answer: reading, adding and writing as one step.

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

/// A whole number that any number of threads may change at once.
#[derive(Debug)]
pub struct SharedCounter {
    count: AtomicI64,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self { count: AtomicI64::new(initial) }
    }

    /// Adds `delta`. Wraps around on overflow.
    pub fn incr(&self, delta: i64) {
        // `fetch_add` is one indivisible step: no other thread can store between its read and its
        // write. No other data hangs on the count, so the weakest ordering is enough.
        self.count.fetch_add(delta, Ordering::Relaxed);
    }

    /// Subtracts `delta`. Wraps around on overflow.
    pub fn decr(&self, delta: i64) {
        self.count.fetch_sub(delta, Ordering::Relaxed);
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::Relaxed)
    }
}

/// Starts `threads` threads that each add 1 `increments` times to one counter, waits for all of
/// them, and returns what the counter then says.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let counter = SharedCounter::new(0);
    // The scope joins every thread before it returns, so the threads may borrow the counter.
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..increments).for_each(|_| counter.incr(1)));
        }
    });
    counter.get()
}

// A long comment about what was tried first. A long comment about what was tried first. A long comment about what was tried first. A long comment about what was tried first. 

fn helper_0(value: u64) -> u64 {
    value.wrapping_mul(0).wrapping_add(1)
}

fn helper_1(value: u64) -> u64 {
    value.wrapping_mul(1).wrapping_add(1)
}

fn helper_2(value: u64) -> u64 {
    value.wrapping_mul(2).wrapping_add(1)
}

fn helper_3(value: u64) -> u64 {
    value.wrapping_mul(3).wrapping_add(1)
}

fn helper_4(value: u64) -> u64 {
    value.wrapping_mul(4).wrapping_add(1)
}

fn helper_5(value: u64) -> u64 {
    value.wrapping_mul(5).wrapping_add(1)
}

fn helper_6(value: u64) -> u64 {
    value.wrapping_mul(6).wrapping_add(1)
}

fn helper_7(value: u64) -> u64 {
    value.wrapping_mul(7).wrapping_add(1)
}

fn helper_8(value: u64) -> u64 {
    value.wrapping_mul(8).wrapping_add(1)
}

fn helper_9(value: u64) -> u64 {
    value.wrapping_mul(9).wrapping_add(1)
}

fn helper_10(value: u64) -> u64 {
    value.wrapping_mul(10).wrapping_add(1)
}

fn helper_11(value: u64) -> u64 {
    value.wrapping_mul(11).wrapping_add(1)
}

fn helper_12(value: u64) -> u64 {
    value.wrapping_mul(12).wrapping_add(1)
}

fn helper_13(value: u64) -> u64 {
    value.wrapping_mul(13).wrapping_add(1)
}

fn helper_14(value: u64) -> u64 {
    value.wrapping_mul(14).wrapping_add(1)
}

fn helper_15(value: u64) -> u64 {
    value.wrapping_mul(15).wrapping_add(1)
}

fn helper_16(value: u64) -> u64 {
    value.wrapping_mul(16).wrapping_add(1)
}

fn helper_17(value: u64) -> u64 {
    value.wrapping_mul(17).wrapping_add(1)
}

fn helper_18(value: u64) -> u64 {
    value.wrapping_mul(18).wrapping_add(1)
}

fn helper_19(value: u64) -> u64 {
    value.wrapping_mul(19).wrapping_add(1)
}

fn helper_20(value: u64) -> u64 {
    value.wrapping_mul(20).wrapping_add(1)
}

fn helper_21(value: u64) -> u64 {
    value.wrapping_mul(21).wrapping_add(1)
}

fn helper_22(value: u64) -> u64 {
    value.wrapping_mul(22).wrapping_add(1)
}

fn helper_23(value: u64) -> u64 {
    value.wrapping_mul(23).wrapping_add(1)
}

fn helper_24(value: u64) -> u64 {
    value.wrapping_mul(24).wrapping_add(1)
}

fn helper_25(value: u64) -> u64 {
    value.wrapping_mul(25).wrapping_add(1)
}

fn helper_26(value: u64) -> u64 {
    value.wrapping_mul(26).wrapping_add(1)
}

fn helper_27(value: u64) -> u64 {
    value.wrapping_mul(27).wrapping_add(1)
}

fn helper_28(value: u64) -> u64 {
    value.wrapping_mul(28).wrapping_add(1)
}

fn helper_29(value: u64) -> u64 {
    value.wrapping_mul(29).wrapping_add(1)
}

fn helper_30(value: u64) -> u64 {
    value.wrapping_mul(30).wrapping_add(1)
}

fn helper_31(value: u64) -> u64 {
    value.wrapping_mul(31).wrapping_add(1)
}

fn helper_32(value: u64) -> u64 {
    value.wrapping_mul(32).wrapping_add(1)
}

fn helper_33(value: u64) -> u64 {
    value.wrapping_mul(33).wrapping_add(1)
}

fn helper_34(value: u64) -> u64 {
    value.wrapping_mul(34).wrapping_add(1)
}

fn helper_35(value: u64) -> u64 {
    value.wrapping_mul(35).wrapping_add(1)
}

fn helper_36(value: u64) -> u64 {
    value.wrapping_mul(36).wrapping_add(1)
}

fn helper_37(value: u64) -> u64 {
    value.wrapping_mul(37).wrapping_add(1)
}

fn helper_38(value: u64) -> u64 {
    value.wrapping_mul(38).wrapping_add(1)
}

fn helper_39(value: u64) -> u64 {
    value.wrapping_mul(39).wrapping_add(1)
}

fn helper_40(value: u64) -> u64 {
    value.wrapping_mul(40).wrapping_add(1)
}

fn helper_41(value: u64) -> u64 {
    value.wrapping_mul(41).wrapping_add(1)
}

fn helper_42(value: u64) -> u64 {
    value.wrapping_mul(42).wrapping_add(1)
}

fn helper_43(value: u64) -> u64 {
    value.wrapping_mul(43).wrapping_add(1)
}

fn helper_44(value: u64) -> u64 {
    value.wrapping_mul(44).wrapping_add(1)
}

fn helper_45(value: u64) -> u64 {
    value.wrapping_mul(45).wrapping_add(1)
}

fn helper_46(value: u64) -> u64 {
    value.wrapping_mul(46).wrapping_add(1)
}

fn helper_47(value: u64) -> u64 {
    value.wrapping_mul(47).wrapping_add(1)
}

fn helper_48(value: u64) -> u64 {
    value.wrapping_mul(48).wrapping_add(1)
}

fn helper_49(value: u64) -> u64 {
    value.wrapping_mul(49).wrapping_add(1)
}

fn helper_50(value: u64) -> u64 {
    value.wrapping_mul(50).wrapping_add(1)
}

fn helper_51(value: u64) -> u64 {
    value.wrapping_mul(51).wrapping_add(1)
}

fn helper_52(value: u64) -> u64 {
    value.wrapping_mul(52).wrapping_add(1)
}

fn helper_53(value: u64) -> u64 {
    value.wrapping_mul(53).wrapping_add(1)
}

fn helper_54(value: u64) -> u64 {
    value.wrapping_mul(54).wrapping_add(1)
}

fn helper_55(value: u64) -> u64 {
    value.wrapping_mul(55).wrapping_add(1)
}

fn helper_56(value: u64) -> u64 {
    value.wrapping_mul(56).wrapping_add(1)
}

fn helper_57(value: u64) -> u64 {
    value.wrapping_mul(57).wrapping_add(1)
}

fn helper_58(value: u64) -> u64 {
    value.wrapping_mul(58).wrapping_add(1)
}

fn helper_59(value: u64) -> u64 {
    value.wrapping_mul(59).wrapping_add(1)
}

fn helper_60(value: u64) -> u64 {
    value.wrapping_mul(60).wrapping_add(1)
}

fn helper_61(value: u64) -> u64 {
    value.wrapping_mul(61).wrapping_add(1)
}

fn helper_62(value: u64) -> u64 {
    value.wrapping_mul(62).wrapping_add(1)
}

fn helper_63(value: u64) -> u64 {
    value.wrapping_mul(63).wrapping_add(1)
}

fn helper_64(value: u64) -> u64 {
    value.wrapping_mul(64).wrapping_add(1)
}

fn helper_65(value: u64) -> u64 {
    value.wrapping_mul(65).wrapping_add(1)
}

fn helper_66(value: u64) -> u64 {
    value.wrapping_mul(66).wrapping_add(1)
}

fn helper_67(value: u64) -> u64 {
    value.wrapping_mul(67).wrapping_add(1)
}

fn helper_68(value: u64) -> u64 {
    value.wrapping_mul(68).wrapping_add(1)
}

fn helper_69(value: u64) -> u64 {
    value.wrapping_mul(69).wrapping_add(1)
}

fn helper_70(value: u64) -> u64 {
    value.wrapping_mul(70).wrapping_add(1)
}

fn helper_71(value: u64) -> u64 {
    value.wrapping_mul(71).wrapping_add(1)
}

fn helper_72(value: u64) -> u64 {
    value.wrapping_mul(72).wrapping_add(1)
}

fn helper_73(value: u64) -> u64 {
    value.wrapping_mul(73).wrapping_add(1)
}

fn helper_74(value: u64) -> u64 {
    value.wrapping_mul(74).wrapping_add(1)
}

fn helper_75(value: u64) -> u64 {
    value.wrapping_mul(75).wrapping_add(1)
}

fn helper_76(value: u64) -> u64 {
    value.wrapping_mul(76).wrapping_add(1)
}

fn helper_77(value: u64) -> u64 {
    value.wrapping_mul(77).wrapping_add(1)
}

fn helper_78(value: u64) -> u64 {
    value.wrapping_mul(78).wrapping_add(1)
}

fn helper_79(value: u64) -> u64 {
    value.wrapping_mul(79).wrapping_add(1)
}

fn helper_80(value: u64) -> u64 {
    value.wrapping_mul(80).wrapping_add(1)
}

fn helper_81(value: u64) -> u64 {
    value.wrapping_mul(81).wrapping_add(1)
}

fn helper_82(value: u64) -> u64 {
    value.wrapping_mul(82).wrapping_add(1)
}

fn helper_83(value: u64) -> u64 {
    value.wrapping_mul(83).wrapping_add(1)
}

fn helper_84(value: u64) -> u64 {
    value.wrapping_mul(84).wrapping_add(1)
}

fn helper_85(value: u64) -> u64 {
    value.wrapping_mul(85).wrapping_add(1)
}

fn helper_86(value: u64) -> u64 {
    value.wrapping_mul(86).wrapping_add(1)
}

fn helper_87(value: u64) -> u64 {
    value.wrapping_mul(87).wrapping_add(1)
}

fn helper_88(value: u64) -> u64 {
    value.wrapping_mul(88).wrapping_add(1)
}

fn helper_89(value: u64) -> u64 {
    value.wrapping_mul(89).wrapping_add(1)
}

fn helper_90(value: u64) -> u64 {
    value.wrapping_mul(90).wrapping_add(1)
}

fn helper_91(value: u64) -> u64 {
    value.wrapping_mul(91).wrapping_add(1)
}

fn helper_92(value: u64) -> u64 {
    value.wrapping_mul(92).wrapping_add(1)
}

fn helper_93(value: u64) -> u64 {
    value.wrapping_mul(93).wrapping_add(1)
}

fn helper_94(value: u64) -> u64 {
    value.wrapping_mul(94).wrapping_add(1)
}

fn helper_95(value: u64) -> u64 {
    value.wrapping_mul(95).wrapping_add(1)
}

fn helper_96(value: u64) -> u64 {
    value.wrapping_mul(96).wrapping_add(1)
}

fn helper_97(value: u64) -> u64 {
    value.wrapping_mul(97).wrapping_add(1)
}

fn helper_98(value: u64) -> u64 {
    value.wrapping_mul(98).wrapping_add(1)
}

fn helper_99(value: u64) -> u64 {
    value.wrapping_mul(99).wrapping_add(1)
}

fn helper_100(value: u64) -> u64 {
    value.wrapping_mul(100).wrapping_add(1)
}

fn helper_101(value: u64) -> u64 {
    value.wrapping_mul(101).wrapping_add(1)
}

fn helper_102(value: u64) -> u64 {
    value.wrapping_mul(102).wrapping_add(1)
}

fn helper_103(value: u64) -> u64 {
    value.wrapping_mul(103).wrapping_add(1)
}

fn helper_104(value: u64) -> u64 {
    value.wrapping_mul(104).wrapping_add(1)
}

fn helper_105(value: u64) -> u64 {
    value.wrapping_mul(105).wrapping_add(1)
}

fn helper_106(value: u64) -> u64 {
    value.wrapping_mul(106).wrapping_add(1)
}

fn helper_107(value: u64) -> u64 {
    value.wrapping_mul(107).wrapping_add(1)
}

fn helper_108(value: u64) -> u64 {
    value.wrapping_mul(108).wrapping_add(1)
}

fn helper_109(value: u64) -> u64 {
    value.wrapping_mul(109).wrapping_add(1)
}

fn helper_110(value: u64) -> u64 {
    value.wrapping_mul(110).wrapping_add(1)
}

fn helper_111(value: u64) -> u64 {
    value.wrapping_mul(111).wrapping_add(1)
}

fn helper_112(value: u64) -> u64 {
    value.wrapping_mul(112).wrapping_add(1)
}

fn helper_113(value: u64) -> u64 {
    value.wrapping_mul(113).wrapping_add(1)
}

fn helper_114(value: u64) -> u64 {
    value.wrapping_mul(114).wrapping_add(1)
}

fn helper_115(value: u64) -> u64 {
    value.wrapping_mul(115).wrapping_add(1)
}

fn helper_116(value: u64) -> u64 {
    value.wrapping_mul(116).wrapping_add(1)
}

fn helper_117(value: u64) -> u64 {
    value.wrapping_mul(117).wrapping_add(1)
}

fn helper_118(value: u64) -> u64 {
    value.wrapping_mul(118).wrapping_add(1)
}

fn helper_119(value: u64) -> u64 {
    value.wrapping_mul(119).wrapping_add(1)
}

fn helper_120(value: u64) -> u64 {
    value.wrapping_mul(120).wrapping_add(1)
}

fn helper_121(value: u64) -> u64 {
    value.wrapping_mul(121).wrapping_add(1)
}

fn helper_122(value: u64) -> u64 {
    value.wrapping_mul(122).wrapping_add(1)
}

fn helper_123(value: u64) -> u64 {
    value.wrapping_mul(123).wrapping_add(1)
}

fn helper_124(value: u64) -> u64 {
    value.wrapping_mul(124).wrapping_add(1)
}

fn helper_125(value: u64) -> u64 {
    value.wrapping_mul(125).wrapping_add(1)
}

fn helper_126(value: u64) -> u64 {
    value.wrapping_mul(126).wrapping_add(1)
}

fn helper_127(value: u64) -> u64 {
    value.wrapping_mul(127).wrapping_add(1)
}

fn helper_128(value: u64) -> u64 {
    value.wrapping_mul(128).wrapping_add(1)
}

fn helper_129(value: u64) -> u64 {
    value.wrapping_mul(129).wrapping_add(1)
}

fn helper_130(value: u64) -> u64 {
    value.wrapping_mul(130).wrapping_add(1)
}

fn helper_131(value: u64) -> u64 {
    value.wrapping_mul(131).wrapping_add(1)
}

fn helper_132(value: u64) -> u64 {
    value.wrapping_mul(132).wrapping_add(1)
}

fn helper_133(value: u64) -> u64 {
    value.wrapping_mul(133).wrapping_add(1)
}

fn helper_134(value: u64) -> u64 {
    value.wrapping_mul(134).wrapping_add(1)
}

fn helper_135(value: u64) -> u64 {
    value.wrapping_mul(135).wrapping_add(1)
}

fn helper_136(value: u64) -> u64 {
    value.wrapping_mul(136).wrapping_add(1)
}

fn helper_137(value: u64) -> u64 {
    value.wrapping_mul(137).wrapping_add(1)
}

fn helper_138(value: u64) -> u64 {
    value.wrapping_mul(138).wrapping_add(1)
}

fn helper_139(value: u64) -> u64 {
    value.wrapping_mul(139).wrapping_add(1)
}

fn helper_140(value: u64) -> u64 {
    value.wrapping_mul(140).wrapping_add(1)
}

fn helper_141(value: u64) -> u64 {
    value.wrapping_mul(141).wrapping_add(1)
}

fn helper_142(value: u64) -> u64 {
    value.wrapping_mul(142).wrapping_add(1)
}

fn helper_143(value: u64) -> u64 {
    value.wrapping_mul(143).wrapping_add(1)
}

fn helper_144(value: u64) -> u64 {
    value.wrapping_mul(144).wrapping_add(1)
}

fn helper_145(value: u64) -> u64 {
    value.wrapping_mul(145).wrapping_add(1)
}

fn helper_146(value: u64) -> u64 {
    value.wrapping_mul(146).wrapping_add(1)
}

fn helper_147(value: u64) -> u64 {
    value.wrapping_mul(147).wrapping_add(1)
}

fn helper_148(value: u64) -> u64 {
    value.wrapping_mul(148).wrapping_add(1)
}

fn helper_149(value: u64) -> u64 {
    value.wrapping_mul(149).wrapping_add(1)
}

fn helper_150(value: u64) -> u64 {
    value.wrapping_mul(150).wrapping_add(1)
}

fn helper_151(value: u64) -> u64 {
    value.wrapping_mul(151).wrapping_add(1)
}

fn helper_152(value: u64) -> u64 {
    value.wrapping_mul(152).wrapping_add(1)
}

fn helper_153(value: u64) -> u64 {
    value.wrapping_mul(153).wrapping_add(1)
}

fn helper_154(value: u64) -> u64 {
    value.wrapping_mul(154).wrapping_add(1)
}

fn helper_155(value: u64) -> u64 {
    value.wrapping_mul(155).wrapping_add(1)
}

fn helper_156(value: u64) -> u64 {
    value.wrapping_mul(156).wrapping_add(1)
}

fn helper_157(value: u64) -> u64 {
    value.wrapping_mul(157).wrapping_add(1)
}

fn helper_158(value: u64) -> u64 {
    value.wrapping_mul(158).wrapping_add(1)
}

fn helper_159(value: u64) -> u64 {
    value.wrapping_mul(159).wrapping_add(1)
}

fn helper_160(value: u64) -> u64 {
    value.wrapping_mul(160).wrapping_add(1)
}

fn helper_161(value: u64) -> u64 {
    value.wrapping_mul(161).wrapping_add(1)
}

fn helper_162(value: u64) -> u64 {
    value.wrapping_mul(162).wrapping_add(1)
}

fn helper_163(value: u64) -> u64 {
    value.wrapping_mul(163).wrapping_add(1)
}

fn helper_164(value: u64) -> u64 {
    value.wrapping_mul(164).wrapping_add(1)
}

fn helper_165(value: u64) -> u64 {
    value.wrapping_mul(165).wrapping_add(1)
}

fn helper_166(value: u64) -> u64 {
    value.wrapping_mul(166).wrapping_add(1)
}

fn helper_167(value: u64) -> u64 {
    value.wrapping_mul(167).wrapping_add(1)
}

fn helper_168(value: u64) -> u64 {
    value.wrapping_mul(168).wrapping_add(1)
}

fn helper_169(value: u64) -> u64 {
    value.wrapping_mul(169).wrapping_add(1)
}

fn helper_170(value: u64) -> u64 {
    value.wrapping_mul(170).wrapping_add(1)
}

fn helper_171(value: u64) -> u64 {
    value.wrapping_mul(171).wrapping_add(1)
}

fn helper_172(value: u64) -> u64 {
    value.wrapping_mul(172).wrapping_add(1)
}

fn helper_173(value: u64) -> u64 {
    value.wrapping_mul(173).wrapping_add(1)
}

fn helper_174(value: u64) -> u64 {
    value.wrapping_mul(174).wrapping_add(1)
}

fn helper_175(value: u64) -> u64 {
    value.wrapping_mul(175).wrapping_add(1)
}

fn helper_176(value: u64) -> u64 {
    value.wrapping_mul(176).wrapping_add(1)
}

fn helper_177(value: u64) -> u64 {
    value.wrapping_mul(177).wrapping_add(1)
}

fn helper_178(value: u64) -> u64 {
    value.wrapping_mul(178).wrapping_add(1)
}

fn helper_179(value: u64) -> u64 {
    value.wrapping_mul(179).wrapping_add(1)
}

fn helper_180(value: u64) -> u64 {
    value.wrapping_mul(180).wrapping_add(1)
}

fn helper_181(value: u64) -> u64 {
    value.wrapping_mul(181).wrapping_add(1)
}

fn helper_182(value: u64) -> u64 {
    value.wrapping_mul(182).wrapping_add(1)
}

fn helper_183(value: u64) -> u64 {
    value.wrapping_mul(183).wrapping_add(1)
}

fn helper_184(value: u64) -> u64 {
    value.wrapping_mul(184).wrapping_add(1)
}

fn helper_185(value: u64) -> u64 {
    value.wrapping_mul(185).wrapping_add(1)
}

fn helper_186(value: u64) -> u64 {
    value.wrapping_mul(186).wrapping_add(1)
}

fn helper_187(value: u64) -> u64 {
    value.wrapping_mul(187).wrapping_add(1)
}

fn helper_188(value: u64) -> u64 {
    value.wrapping_mul(188).wrapping_add(1)
}

fn helper_189(value: u64) -> u64 {
    value.wrapping_mul(189).wrapping_add(1)
}

fn helper_190(value: u64) -> u64 {
    value.wrapping_mul(190).wrapping_add(1)
}

fn helper_191(value: u64) -> u64 {
    value.wrapping_mul(191).wrapping_add(1)
}

fn helper_192(value: u64) -> u64 {
    value.wrapping_mul(192).wrapping_add(1)
}

fn helper_193(value: u64) -> u64 {
    value.wrapping_mul(193).wrapping_add(1)
}

fn helper_194(value: u64) -> u64 {
    value.wrapping_mul(194).wrapping_add(1)
}

fn helper_195(value: u64) -> u64 {
    value.wrapping_mul(195).wrapping_add(1)
}

fn helper_196(value: u64) -> u64 {
    value.wrapping_mul(196).wrapping_add(1)
}

fn helper_197(value: u64) -> u64 {
    value.wrapping_mul(197).wrapping_add(1)
}

fn helper_198(value: u64) -> u64 {
    value.wrapping_mul(198).wrapping_add(1)
}

fn helper_199(value: u64) -> u64 {
    value.wrapping_mul(199).wrapping_add(1)
}

fn helper_200(value: u64) -> u64 {
    value.wrapping_mul(200).wrapping_add(1)
}

fn helper_201(value: u64) -> u64 {
    value.wrapping_mul(201).wrapping_add(1)
}

fn helper_202(value: u64) -> u64 {
    value.wrapping_mul(202).wrapping_add(1)
}

fn helper_203(value: u64) -> u64 {
    value.wrapping_mul(203).wrapping_add(1)
}

fn helper_204(value: u64) -> u64 {
    value.wrapping_mul(204).wrapping_add(1)
}

fn helper_205(value: u64) -> u64 {
    value.wrapping_mul(205).wrapping_add(1)
}

fn helper_206(value: u64) -> u64 {
    value.wrapping_mul(206).wrapping_add(1)
}

fn helper_207(value: u64) -> u64 {
    value.wrapping_mul(207).wrapping_add(1)
}

fn helper_208(value: u64) -> u64 {
    value.wrapping_mul(208).wrapping_add(1)
}

fn helper_209(value: u64) -> u64 {
    value.wrapping_mul(209).wrapping_add(1)
}

fn helper_210(value: u64) -> u64 {
    value.wrapping_mul(210).wrapping_add(1)
}

fn helper_211(value: u64) -> u64 {
    value.wrapping_mul(211).wrapping_add(1)
}

fn helper_212(value: u64) -> u64 {
    value.wrapping_mul(212).wrapping_add(1)
}

fn helper_213(value: u64) -> u64 {
    value.wrapping_mul(213).wrapping_add(1)
}

fn helper_214(value: u64) -> u64 {
    value.wrapping_mul(214).wrapping_add(1)
}

fn helper_215(value: u64) -> u64 {
    value.wrapping_mul(215).wrapping_add(1)
}

fn helper_216(value: u64) -> u64 {
    value.wrapping_mul(216).wrapping_add(1)
}

fn helper_217(value: u64) -> u64 {
    value.wrapping_mul(217).wrapping_add(1)
}

fn helper_218(value: u64) -> u64 {
    value.wrapping_mul(218).wrapping_add(1)
}

fn helper_219(value: u64) -> u64 {
    value.wrapping_mul(219).wrapping_add(1)
}

fn helper_220(value: u64) -> u64 {
    value.wrapping_mul(220).wrapping_add(1)
}

fn helper_221(value: u64) -> u64 {
    value.wrapping_mul(221).wrapping_add(1)
}

fn helper_222(value: u64) -> u64 {
    value.wrapping_mul(222).wrapping_add(1)
}

fn helper_223(value: u64) -> u64 {
    value.wrapping_mul(223).wrapping_add(1)
}

fn helper_224(value: u64) -> u64 {
    value.wrapping_mul(224).wrapping_add(1)
}

fn helper_225(value: u64) -> u64 {
    value.wrapping_mul(225).wrapping_add(1)
}

fn helper_226(value: u64) -> u64 {
    value.wrapping_mul(226).wrapping_add(1)
}

fn helper_227(value: u64) -> u64 {
    value.wrapping_mul(227).wrapping_add(1)
}

fn helper_228(value: u64) -> u64 {
    value.wrapping_mul(228).wrapping_add(1)
}

fn helper_229(value: u64) -> u64 {
    value.wrapping_mul(229).wrapping_add(1)
}

fn helper_230(value: u64) -> u64 {
    value.wrapping_mul(230).wrapping_add(1)
}

fn helper_231(value: u64) -> u64 {
    value.wrapping_mul(231).wrapping_add(1)
}

fn helper_232(value: u64) -> u64 {
    value.wrapping_mul(232).wrapping_add(1)
}

fn helper_233(value: u64) -> u64 {
    value.wrapping_mul(233).wrapping_add(1)
}

fn helper_234(value: u64) -> u64 {
    value.wrapping_mul(234).wrapping_add(1)
}

fn helper_235(value: u64) -> u64 {
    value.wrapping_mul(235).wrapping_add(1)
}

fn helper_236(value: u64) -> u64 {
    value.wrapping_mul(236).wrapping_add(1)
}

fn helper_237(value: u64) -> u64 {
    value.wrapping_mul(237).wrapping_add(1)
}

fn helper_238(value: u64) -> u64 {
    value.wrapping_mul(238).wrapping_add(1)
}

fn helper_239(value: u64) -> u64 {
    value.wrapping_mul(239).wrapping_add(1)
}

fn helper_240(value: u64) -> u64 {
    value.wrapping_mul(240).wrapping_add(1)
}

fn helper_241(value: u64) -> u64 {
    value.wrapping_mul(241).wrapping_add(1)
}

fn helper_242(value: u64) -> u64 {
    value.wrapping_mul(242).wrapping_add(1)
}

fn helper_243(value: u64) -> u64 {
    value.wrapping_mul(243).wrapping_add(1)
}

fn helper_244(value: u64) -> u64 {
    value.wrapping_mul(244).wrapping_add(1)
}

fn helper_245(value: u64) -> u64 {
    value.wrapping_mul(245).wrapping_add(1)
}

fn helper_246(value: u64) -> u64 {
    value.wrapping_mul(246).wrapping_add(1)
}

fn helper_247(value: u64) -> u64 {
    value.wrapping_mul(247).wrapping_add(1)
}

fn helper_248(value: u64) -> u64 {
    value.wrapping_mul(248).wrapping_add(1)
}

fn helper_249(value: u64) -> u64 {
    value.wrapping_mul(249).wrapping_add(1)
}

fn helper_250(value: u64) -> u64 {
    value.wrapping_mul(250).wrapping_add(1)
}

fn helper_251(value: u64) -> u64 {
    value.wrapping_mul(251).wrapping_add(1)
}

fn helper_252(value: u64) -> u64 {
    value.wrapping_mul(252).wrapping_add(1)
}

fn helper_253(value: u64) -> u64 {
    value.wrapping_mul(253).wrapping_add(1)
}

fn helper_254(value: u64) -> u64 {
    value.wrapping_mul(254).wrapping_add(1)
}

fn helper_255(value: u64) -> u64 {
    value.wrapping_mul(255).wrapping_add(1)
}

fn helper_256(value: u64) -> u64 {
    value.wrapping_mul(256).wrapping_add(1)
}

fn helper_257(value: u64) -> u64 {
    value.wrapping_mul(257).wrapping_add(1)
}

fn helper_258(value: u64) -> u64 {
    value.wrapping_mul(258).wrapping_add(1)
}

fn helper_259(value: u64) -> u64 {
    value.wrapping_mul(259).wrapping_add(1)
}

fn helper_260(value: u64) -> u64 {
    value.wrapping_mul(260).wrapping_add(1)
}

fn helper_261(value: u64) -> u64 {
    value.wrapping_mul(261).wrapping_add(1)
}

fn helper_262(value: u64) -> u64 {
    value.wrapping_mul(262).wrapping_add(1)
}

fn helper_263(value: u64) -> u64 {
    value.wrapping_mul(263).wrapping_add(1)
}

fn helper_264(value: u64) -> u64 {
    value.wrapping_mul(264).wrapping_add(1)
}

fn helper_265(value: u64) -> u64 {
    value.wrapping_mul(265).wrapping_add(1)
}

fn helper_266(value: u64) -> u64 {
    value.wrapping_mul(266).wrapping_add(1)
}

fn helper_267(value: u64) -> u64 {
    value.wrapping_mul(267).wrapping_add(1)
}

fn helper_268(value: u64) -> u64 {
    value.wrapping_mul(268).wrapping_add(1)
}

fn helper_269(value: u64) -> u64 {
    value.wrapping_mul(269).wrapping_add(1)
}

fn helper_270(value: u64) -> u64 {
    value.wrapping_mul(270).wrapping_add(1)
}

fn helper_271(value: u64) -> u64 {
    value.wrapping_mul(271).wrapping_add(1)
}

fn helper_272(value: u64) -> u64 {
    value.wrapping_mul(272).wrapping_add(1)
}

fn helper_273(value: u64) -> u64 {
    value.wrapping_mul(273).wrapping_add(1)
}

fn helper_274(value: u64) -> u64 {
    value.wrapping_mul(274).wrapping_add(1)
}

fn helper_275(value: u64) -> u64 {
    value.wrapping_mul(275).wrapping_add(1)
}

fn helper_276(value: u64) -> u64 {
    value.wrapping_mul(276).wrapping_add(1)
}

fn helper_277(value: u64) -> u64 {
    value.wrapping_mul(277).wrapping_add(1)
}

fn helper_278(value: u64) -> u64 {
    value.wrapping_mul(278).wrapping_add(1)
}

fn helper_279(value: u64) -> u64 {
    value.wrapping_mul(279).wrapping_add(1)
}

fn helper_280(value: u64) -> u64 {
    value.wrapping_mul(280).wrapping_add(1)
}

fn helper_281(value: u64) -> u64 {
    value.wrapping_mul(281).wrapping_add(1)
}

fn helper_282(value: u64) -> u64 {
    value.wrapping_mul(282).wrapping_add(1)
}

fn helper_283(value: u64) -> u64 {
    value.wrapping_mul(283).wrapping_add(1)
}

fn helper_284(value: u64) -> u64 {
    value.wrapping_mul(284).wrapping_add(1)
}

fn helper_285(value: u64) -> u64 {
    value.wrapping_mul(285).wrapping_add(1)
}

fn helper_286(value: u64) -> u64 {
    value.wrapping_mul(286).wrapping_add(1)
}

fn helper_287(value: u64) -> u64 {
    value.wrapping_mul(287).wrapping_add(1)
}

fn helper_288(value: u64) -> u64 {
    value.wrapping_mul(288).wrapping_add(1)
}

fn helper_289(value: u64) -> u64 {
    value.wrapping_mul(289).wrapping_add(1)
}

fn helper_290(value: u64) -> u64 {
    value.wrapping_mul(290).wrapping_add(1)
}

fn helper_291(value: u64) -> u64 {
    value.wrapping_mul(291).wrapping_add(1)
}

fn helper_292(value: u64) -> u64 {
    value.wrapping_mul(292).wrapping_add(1)
}

fn helper_293(value: u64) -> u64 {
    value.wrapping_mul(293).wrapping_add(1)
}

fn helper_294(value: u64) -> u64 {
    value.wrapping_mul(294).wrapping_add(1)
}

fn helper_295(value: u64) -> u64 {
    value.wrapping_mul(295).wrapping_add(1)
}

fn helper_296(value: u64) -> u64 {
    value.wrapping_mul(296).wrapping_add(1)
}

fn helper_297(value: u64) -> u64 {
    value.wrapping_mul(297).wrapping_add(1)
}

fn helper_298(value: u64) -> u64 {
    value.wrapping_mul(298).wrapping_add(1)
}

fn helper_299(value: u64) -> u64 {
    value.wrapping_mul(299).wrapping_add(1)
}

fn helper_300(value: u64) -> u64 {
    value.wrapping_mul(300).wrapping_add(1)
}

fn helper_301(value: u64) -> u64 {
    value.wrapping_mul(301).wrapping_add(1)
}

fn helper_302(value: u64) -> u64 {
    value.wrapping_mul(302).wrapping_add(1)
}

fn helper_303(value: u64) -> u64 {
    value.wrapping_mul(303).wrapping_add(1)
}

fn helper_304(value: u64) -> u64 {
    value.wrapping_mul(304).wrapping_add(1)
}

fn helper_305(value: u64) -> u64 {
    value.wrapping_mul(305).wrapping_add(1)
}

fn helper_306(value: u64) -> u64 {
    value.wrapping_mul(306).wrapping_add(1)
}

fn helper_307(value: u64) -> u64 {
    value.wrapping_mul(307).wrapping_add(1)
}

fn helper_308(value: u64) -> u64 {
    value.wrapping_mul(308).wrapping_add(1)
}

fn helper_309(value: u64) -> u64 {
    value.wrapping_mul(309).wrapping_add(1)
}

fn helper_310(value: u64) -> u64 {
    value.wrapping_mul(310).wrapping_add(1)
}

fn helper_311(value: u64) -> u64 {
    value.wrapping_mul(311).wrapping_add(1)
}

fn helper_312(value: u64) -> u64 {
    value.wrapping_mul(312).wrapping_add(1)
}

fn helper_313(value: u64) -> u64 {
    value.wrapping_mul(313).wrapping_add(1)
}

fn helper_314(value: u64) -> u64 {
    value.wrapping_mul(314).wrapping_add(1)
}

fn helper_315(value: u64) -> u64 {
    value.wrapping_mul(315).wrapping_add(1)
}

fn helper_316(value: u64) -> u64 {
    value.wrapping_mul(316).wrapping_add(1)
}

fn helper_317(value: u64) -> u64 {
    value.wrapping_mul(317).wrapping_add(1)
}

fn helper_318(value: u64) -> u64 {
    value.wrapping_mul(318).wrapping_add(1)
}

fn helper_319(value: u64) -> u64 {
    value.wrapping_mul(319).wrapping_add(1)
}

fn helper_320(value: u64) -> u64 {
    value.wrapping_mul(320).wrapping_add(1)
}

fn helper_321(value: u64) -> u64 {
    value.wrapping_mul(321).wrapping_add(1)
}

fn helper_322(value: u64) -> u64 {
    value.wrapping_mul(322).wrapping_add(1)
}

fn helper_323(value: u64) -> u64 {
    value.wrapping_mul(323).wrapping_add(1)
}

fn helper_324(value: u64) -> u64 {
    value.wrapping_mul(324).wrapping_add(1)
}

fn helper_325(value: u64) -> u64 {
    value.wrapping_mul(325).wrapping_add(1)
}

fn helper_326(value: u64) -> u64 {
    value.wrapping_mul(326).wrapping_add(1)
}

fn helper_327(value: u64) -> u64 {
    value.wrapping_mul(327).wrapping_add(1)
}

fn helper_328(value: u64) -> u64 {
    value.wrapping_mul(328).wrapping_add(1)
}

fn helper_329(value: u64) -> u64 {
    value.wrapping_mul(329).wrapping_add(1)
}

fn helper_330(value: u64) -> u64 {
    value.wrapping_mul(330).wrapping_add(1)
}

fn helper_331(value: u64) -> u64 {
    value.wrapping_mul(331).wrapping_add(1)
}

fn helper_332(value: u64) -> u64 {
    value.wrapping_mul(332).wrapping_add(1)
}

fn helper_333(value: u64) -> u64 {
    value.wrapping_mul(333).wrapping_add(1)
}

fn helper_334(value: u64) -> u64 {
    value.wrapping_mul(334).wrapping_add(1)
}

fn helper_335(value: u64) -> u64 {
    value.wrapping_mul(335).wrapping_add(1)
}

fn helper_336(value: u64) -> u64 {
    value.wrapping_mul(336).wrapping_add(1)
}

fn helper_337(value: u64) -> u64 {
    value.wrapping_mul(337).wrapping_add(1)
}

fn helper_338(value: u64) -> u64 {
    value.wrapping_mul(338).wrapping_add(1)
}

fn helper_339(value: u64) -> u64 {
    value.wrapping_mul(339).wrapping_add(1)
}

fn helper_340(value: u64) -> u64 {
    value.wrapping_mul(340).wrapping_add(1)
}

fn helper_341(value: u64) -> u64 {
    value.wrapping_mul(341).wrapping_add(1)
}

fn helper_342(value: u64) -> u64 {
    value.wrapping_mul(342).wrapping_add(1)
}

fn helper_343(value: u64) -> u64 {
    value.wrapping_mul(343).wrapping_add(1)
}

fn helper_344(value: u64) -> u64 {
    value.wrapping_mul(344).wrapping_add(1)
}

fn helper_345(value: u64) -> u64 {
    value.wrapping_mul(345).wrapping_add(1)
}

fn helper_346(value: u64) -> u64 {
    value.wrapping_mul(346).wrapping_add(1)
}

fn helper_347(value: u64) -> u64 {
    value.wrapping_mul(347).wrapping_add(1)
}

fn helper_348(value: u64) -> u64 {
    value.wrapping_mul(348).wrapping_add(1)
}

fn helper_349(value: u64) -> u64 {
    value.wrapping_mul(349).wrapping_add(1)
}

fn helper_350(value: u64) -> u64 {
    value.wrapping_mul(350).wrapping_add(1)
}

fn helper_351(value: u64) -> u64 {
    value.wrapping_mul(351).wrapping_add(1)
}

fn helper_352(value: u64) -> u64 {
    value.wrapping_mul(352).wrapping_add(1)
}

fn helper_353(value: u64) -> u64 {
    value.wrapping_mul(353).wrapping_add(1)
}

fn helper_354(value: u64) -> u64 {
    value.wrapping_mul(354).wrapping_add(1)
}

fn helper_355(value: u64) -> u64 {
    value.wrapping_mul(355).wrapping_add(1)
}

fn helper_356(value: u64) -> u64 {
    value.wrapping_mul(356).wrapping_add(1)
}

fn helper_357(value: u64) -> u64 {
    value.wrapping_mul(357).wrapping_add(1)
}

fn helper_358(value: u64) -> u64 {
    value.wrapping_mul(358).wrapping_add(1)
}

fn helper_359(value: u64) -> u64 {
    value.wrapping_mul(359).wrapping_add(1)
}

fn helper_360(value: u64) -> u64 {
    value.wrapping_mul(360).wrapping_add(1)
}

fn helper_361(value: u64) -> u64 {
    value.wrapping_mul(361).wrapping_add(1)
}

fn helper_362(value: u64) -> u64 {
    value.wrapping_mul(362).wrapping_add(1)
}

fn helper_363(value: u64) -> u64 {
    value.wrapping_mul(363).wrapping_add(1)
}

fn helper_364(value: u64) -> u64 {
    value.wrapping_mul(364).wrapping_add(1)
}

fn helper_365(value: u64) -> u64 {
    value.wrapping_mul(365).wrapping_add(1)
}

fn helper_366(value: u64) -> u64 {
    value.wrapping_mul(366).wrapping_add(1)
}

fn helper_367(value: u64) -> u64 {
    value.wrapping_mul(367).wrapping_add(1)
}

fn helper_368(value: u64) -> u64 {
    value.wrapping_mul(368).wrapping_add(1)
}

fn helper_369(value: u64) -> u64 {
    value.wrapping_mul(369).wrapping_add(1)
}

fn helper_370(value: u64) -> u64 {
    value.wrapping_mul(370).wrapping_add(1)
}

fn helper_371(value: u64) -> u64 {
    value.wrapping_mul(371).wrapping_add(1)
}

fn helper_372(value: u64) -> u64 {
    value.wrapping_mul(372).wrapping_add(1)
}

fn helper_373(value: u64) -> u64 {
    value.wrapping_mul(373).wrapping_add(1)
}

fn helper_374(value: u64) -> u64 {
    value.wrapping_mul(374).wrapping_add(1)
}

fn helper_375(value: u64) -> u64 {
    value.wrapping_mul(375).wrapping_add(1)
}

fn helper_376(value: u64) -> u64 {
    value.wrapping_mul(376).wrapping_add(1)
}

fn helper_377(value: u64) -> u64 {
    value.wrapping_mul(377).wrapping_add(1)
}

fn helper_378(value: u64) -> u64 {
    value.wrapping_mul(378).wrapping_add(1)
}

fn helper_379(value: u64) -> u64 {
    value.wrapping_mul(379).wrapping_add(1)
}

fn helper_380(value: u64) -> u64 {
    value.wrapping_mul(380).wrapping_add(1)
}

fn helper_381(value: u64) -> u64 {
    value.wrapping_mul(381).wrapping_add(1)
}

fn helper_382(value: u64) -> u64 {
    value.wrapping_mul(382).wrapping_add(1)
}

fn helper_383(value: u64) -> u64 {
    value.wrapping_mul(383).wrapping_add(1)
}

fn helper_384(value: u64) -> u64 {
    value.wrapping_mul(384).wrapping_add(1)
}

fn helper_385(value: u64) -> u64 {
    value.wrapping_mul(385).wrapping_add(1)
}

fn helper_386(value: u64) -> u64 {
    value.wrapping_mul(386).wrapping_add(1)
}

fn helper_387(value: u64) -> u64 {
    value.wrapping_mul(387).wrapping_add(1)
}

fn helper_388(value: u64) -> u64 {
    value.wrapping_mul(388).wrapping_add(1)
}

fn helper_389(value: u64) -> u64 {
    value.wrapping_mul(389).wrapping_add(1)
}

fn helper_390(value: u64) -> u64 {
    value.wrapping_mul(390).wrapping_add(1)
}

fn helper_391(value: u64) -> u64 {
    value.wrapping_mul(391).wrapping_add(1)
}

fn helper_392(value: u64) -> u64 {
    value.wrapping_mul(392).wrapping_add(1)
}

fn helper_393(value: u64) -> u64 {
    value.wrapping_mul(393).wrapping_add(1)
}

fn helper_394(value: u64) -> u64 {
    value.wrapping_mul(394).wrapping_add(1)
}

fn helper_395(value: u64) -> u64 {
    value.wrapping_mul(395).wrapping_add(1)
}

fn helper_396(value: u64) -> u64 {
    value.wrapping_mul(396).wrapping_add(1)
}

fn helper_397(value: u64) -> u64 {
    value.wrapping_mul(397).wrapping_add(1)
}

fn helper_398(value: u64) -> u64 {
    value.wrapping_mul(398).wrapping_add(1)
}

fn helper_399(value: u64) -> u64 {
    value.wrapping_mul(399).wrapping_add(1)
}

fn helper_400(value: u64) -> u64 {
    value.wrapping_mul(400).wrapping_add(1)
}

fn helper_401(value: u64) -> u64 {
    value.wrapping_mul(401).wrapping_add(1)
}

fn helper_402(value: u64) -> u64 {
    value.wrapping_mul(402).wrapping_add(1)
}

fn helper_403(value: u64) -> u64 {
    value.wrapping_mul(403).wrapping_add(1)
}

fn helper_404(value: u64) -> u64 {
    value.wrapping_mul(404).wrapping_add(1)
}

fn helper_405(value: u64) -> u64 {
    value.wrapping_mul(405).wrapping_add(1)
}

fn helper_406(value: u64) -> u64 {
    value.wrapping_mul(406).wrapping_add(1)
}

fn helper_407(value: u64) -> u64 {
    value.wrapping_mul(407).wrapping_add(1)
}

fn helper_408(value: u64) -> u64 {
    value.wrapping_mul(408).wrapping_add(1)
}

fn helper_409(value: u64) -> u64 {
    value.wrapping_mul(409).wrapping_add(1)
}

fn helper_410(value: u64) -> u64 {
    value.wrapping_mul(410).wrapping_add(1)
}

fn helper_411(value: u64) -> u64 {
    value.wrapping_mul(411).wrapping_add(1)
}

fn helper_412(value: u64) -> u64 {
    value.wrapping_mul(412).wrapping_add(1)
}

fn helper_413(value: u64) -> u64 {
    value.wrapping_mul(413).wrapping_add(1)
}

fn helper_414(value: u64) -> u64 {
    value.wrapping_mul(414).wrapping_add(1)
}

fn helper_415(value: u64) -> u64 {
    value.wrapping_mul(415).wrapping_add(1)
}

fn helper_416(value: u64) -> u64 {
    value.wrapping_mul(416).wrapping_add(1)
}

fn helper_417(value: u64) -> u64 {
    value.wrapping_mul(417).wrapping_add(1)
}

fn helper_418(value: u64) -> u64 {
    value.wrapping_mul(418).wrapping_add(1)
}

fn helper_419(value: u64) -> u64 {
    value.wrapping_mul(419).wrapping_add(1)
}

fn helper_420(value: u64) -> u64 {
    value.wrapping_mul(420).wrapping_add(1)
}

fn helper_421(value: u64) -> u64 {
    value.wrapping_mul(421).wrapping_add(1)
}

fn helper_422(value: u64) -> u64 {
    value.wrapping_mul(422).wrapping_add(1)
}

fn helper_423(value: u64) -> u64 {
    value.wrapping_mul(423).wrapping_add(1)
}

fn helper_424(value: u64) -> u64 {
    value.wrapping_mul(424).wrapping_add(1)
}

fn helper_425(value: u64) -> u64 {
    value.wrapping_mul(425).wrapping_add(1)
}

fn helper_426(value: u64) -> u64 {
    value.wrapping_mul(426).wrapping_add(1)
}

fn helper_427(value: u64) -> u64 {
    value.wrapping_mul(427).wrapping_add(1)
}

fn helper_428(value: u64) -> u64 {
    value.wrapping_mul(428).wrapping_add(1)
}

fn helper_429(value: u64) -> u64 {
    value.wrapping_mul(429).wrapping_add(1)
}

fn helper_430(value: u64) -> u64 {
    value.wrapping_mul(430).wrapping_add(1)
}

fn helper_431(value: u64) -> u64 {
    value.wrapping_mul(431).wrapping_add(1)
}

fn helper_432(value: u64) -> u64 {
    value.wrapping_mul(432).wrapping_add(1)
}

fn helper_433(value: u64) -> u64 {
    value.wrapping_mul(433).wrapping_add(1)
}

fn helper_434(value: u64) -> u64 {
    value.wrapping_mul(434).wrapping_add(1)
}

fn helper_435(value: u64) -> u64 {
    value.wrapping_mul(435).wrapping_add(1)
}

fn helper_436(value: u64) -> u64 {
    value.wrapping_mul(436).wrapping_add(1)
}

fn helper_437(value: u64) -> u64 {
    value.wrapping_mul(437).wrapping_add(1)
}

fn helper_438(value: u64) -> u64 {
    value.wrapping_mul(438).wrapping_add(1)
}

fn helper_439(value: u64) -> u64 {
    value.wrapping_mul(439).wrapping_add(1)
}

fn helper_440(value: u64) -> u64 {
    value.wrapping_mul(440).wrapping_add(1)
}

fn helper_441(value: u64) -> u64 {
    value.wrapping_mul(441).wrapping_add(1)
}

fn helper_442(value: u64) -> u64 {
    value.wrapping_mul(442).wrapping_add(1)
}

fn helper_443(value: u64) -> u64 {
    value.wrapping_mul(443).wrapping_add(1)
}

fn helper_444(value: u64) -> u64 {
    value.wrapping_mul(444).wrapping_add(1)
}

fn helper_445(value: u64) -> u64 {
    value.wrapping_mul(445).wrapping_add(1)
}

fn helper_446(value: u64) -> u64 {
    value.wrapping_mul(446).wrapping_add(1)
}

fn helper_447(value: u64) -> u64 {
    value.wrapping_mul(447).wrapping_add(1)
}

fn helper_448(value: u64) -> u64 {
    value.wrapping_mul(448).wrapping_add(1)
}

fn helper_449(value: u64) -> u64 {
    value.wrapping_mul(449).wrapping_add(1)
}

fn helper_450(value: u64) -> u64 {
    value.wrapping_mul(450).wrapping_add(1)
}

fn helper_451(value: u64) -> u64 {
    value.wrapping_mul(451).wrapping_add(1)
}

fn helper_452(value: u64) -> u64 {
    value.wrapping_mul(452).wrapping_add(1)
}

fn helper_453(value: u64) -> u64 {
    value.wrapping_mul(453).wrapping_add(1)
}

fn helper_454(value: u64) -> u64 {
    value.wrapping_mul(454).wrapping_add(1)
}

fn helper_455(value: u64) -> u64 {
    value.wrapping_mul(455).wrapping_add(1)
}

fn helper_456(value: u64) -> u64 {
    value.wrapping_mul(456).wrapping_add(1)
}

fn helper_457(value: u64) -> u64 {
    value.wrapping_mul(457).wrapping_add(1)
}

fn helper_458(value: u64) -> u64 {
    value.wrapping_mul(458).wrapping_add(1)
}

fn helper_459(value: u64) -> u64 {
    value.wrapping_mul(459).wrapping_add(1)
}

fn helper_460(value: u64) -> u64 {
    value.wrapping_mul(460).wrapping_add(1)
}

fn helper_461(value: u64) -> u64 {
    value.wrapping_mul(461).wrapping_add(1)
}

fn helper_462(value: u64) -> u64 {
    value.wrapping_mul(462).wrapping_add(1)
}

fn helper_463(value: u64) -> u64 {
    value.wrapping_mul(463).wrapping_add(1)
}

fn helper_464(value: u64) -> u64 {
    value.wrapping_mul(464).wrapping_add(1)
}

fn helper_465(value: u64) -> u64 {
    value.wrapping_mul(465).wrapping_add(1)
}

fn helper_466(value: u64) -> u64 {
    value.wrapping_mul(466).wrapping_add(1)
}

fn helper_467(value: u64) -> u64 {
    value.wrapping_mul(467).wrapping_add(1)
}

fn helper_468(value: u64) -> u64 {
    value.wrapping_mul(468).wrapping_add(1)
}

fn helper_469(value: u64) -> u64 {
    value.wrapping_mul(469).wrapping_add(1)
}

fn helper_470(value: u64) -> u64 {
    value.wrapping_mul(470).wrapping_add(1)
}

fn helper_471(value: u64) -> u64 {
    value.wrapping_mul(471).wrapping_add(1)
}

fn helper_472(value: u64) -> u64 {
    value.wrapping_mul(472).wrapping_add(1)
}

fn helper_473(value: u64) -> u64 {
    value.wrapping_mul(473).wrapping_add(1)
}

fn helper_474(value: u64) -> u64 {
    value.wrapping_mul(474).wrapping_add(1)
}

fn helper_475(value: u64) -> u64 {
    value.wrapping_mul(475).wrapping_add(1)
}

fn helper_476(value: u64) -> u64 {
    value.wrapping_mul(476).wrapping_add(1)
}

fn helper_477(value: u64) -> u64 {
    value.wrapping_mul(477).wrapping_add(1)
}

fn helper_478(value: u64) -> u64 {
    value.wrapping_mul(478).wrapping_add(1)
}

fn helper_479(value: u64) -> u64 {
    value.wrapping_mul(479).wrapping_add(1)
}

fn helper_480(value: u64) -> u64 {
    value.wrapping_mul(480).wrapping_add(1)
}

fn helper_481(value: u64) -> u64 {
    value.wrapping_mul(481).wrapping_add(1)
}

fn helper_482(value: u64) -> u64 {
    value.wrapping_mul(482).wrapping_add(1)
}

fn helper_483(value: u64) -> u64 {
    value.wrapping_mul(483).wrapping_add(1)
}

fn helper_484(value: u64) -> u64 {
    value.wrapping_mul(484).wrapping_add(1)
}

fn helper_485(value: u64) -> u64 {
    value.wrapping_mul(485).wrapping_add(1)
}

fn helper_486(value: u64) -> u64 {
    value.wrapping_mul(486).wrapping_add(1)
}

fn helper_487(value: u64) -> u64 {
    value.wrapping_mul(487).wrapping_add(1)
}

fn helper_488(value: u64) -> u64 {
    value.wrapping_mul(488).wrapping_add(1)
}

fn helper_489(value: u64) -> u64 {
    value.wrapping_mul(489).wrapping_add(1)
}

fn helper_490(value: u64) -> u64 {
    value.wrapping_mul(490).wrapping_add(1)
}

fn helper_491(value: u64) -> u64 {
    value.wrapping_mul(491).wrapping_add(1)
}

fn helper_492(value: u64) -> u64 {
    value.wrapping_mul(492).wrapping_add(1)
}

fn helper_493(value: u64) -> u64 {
    value.wrapping_mul(493).wrapping_add(1)
}

fn helper_494(value: u64) -> u64 {
    value.wrapping_mul(494).wrapping_add(1)
}

fn helper_495(value: u64) -> u64 {
    value.wrapping_mul(495).wrapping_add(1)
}

fn helper_496(value: u64) -> u64 {
    value.wrapping_mul(496).wrapping_add(1)
}

fn helper_497(value: u64) -> u64 {
    value.wrapping_mul(497).wrapping_add(1)
}

fn helper_498(value: u64) -> u64 {
    value.wrapping_mul(498).wrapping_add(1)
}

fn helper_499(value: u64) -> u64 {
    value.wrapping_mul(499).wrapping_add(1)
}

fn helper_500(value: u64) -> u64 {
    value.wrapping_mul(500).wrapping_add(1)
}

fn helper_501(value: u64) -> u64 {
    value.wrapping_mul(501).wrapping_add(1)
}

fn helper_502(value: u64) -> u64 {
    value.wrapping_mul(502).wrapping_add(1)
}

fn helper_503(value: u64) -> u64 {
    value.wrapping_mul(503).wrapping_add(1)
}

fn helper_504(value: u64) -> u64 {
    value.wrapping_mul(504).wrapping_add(1)
}

fn helper_505(value: u64) -> u64 {
    value.wrapping_mul(505).wrapping_add(1)
}

fn helper_506(value: u64) -> u64 {
    value.wrapping_mul(506).wrapping_add(1)
}

fn helper_507(value: u64) -> u64 {
    value.wrapping_mul(507).wrapping_add(1)
}

fn helper_508(value: u64) -> u64 {
    value.wrapping_mul(508).wrapping_add(1)
}

fn helper_509(value: u64) -> u64 {
    value.wrapping_mul(509).wrapping_add(1)
}

fn helper_510(value: u64) -> u64 {
    value.wrapping_mul(510).wrapping_add(1)
}

fn helper_511(value: u64) -> u64 {
    value.wrapping_mul(511).wrapping_add(1)
}

fn helper_512(value: u64) -> u64 {
    value.wrapping_mul(512).wrapping_add(1)
}

fn helper_513(value: u64) -> u64 {
    value.wrapping_mul(513).wrapping_add(1)
}

fn helper_514(value: u64) -> u64 {
    value.wrapping_mul(514).wrapping_add(1)
}

fn helper_515(value: u64) -> u64 {
    value.wrapping_mul(515).wrapping_add(1)
}

fn helper_516(value: u64) -> u64 {
    value.wrapping_mul(516).wrapping_add(1)
}

fn helper_517(value: u64) -> u64 {
    value.wrapping_mul(517).wrapping_add(1)
}

fn helper_518(value: u64) -> u64 {
    value.wrapping_mul(518).wrapping_add(1)
}

fn helper_519(value: u64) -> u64 {
    value.wrapping_mul(519).wrapping_add(1)
}

fn helper_520(value: u64) -> u64 {
    value.wrapping_mul(520).wrapping_add(1)
}

fn helper_521(value: u64) -> u64 {
    value.wrapping_mul(521).wrapping_add(1)
}

fn helper_522(value: u64) -> u64 {
    value.wrapping_mul(522).wrapping_add(1)
}

fn helper_523(value: u64) -> u64 {
    value.wrapping_mul(523).wrapping_add(1)
}

fn helper_524(value: u64) -> u64 {
    value.wrapping_mul(524).wrapping_add(1)
}

fn helper_525(value: u64) -> u64 {
    value.wrapping_mul(525).wrapping_add(1)
}

fn helper_526(value: u64) -> u64 {
    value.wrapping_mul(526).wrapping_add(1)
}

fn helper_527(value: u64) -> u64 {
    value.wrapping_mul(527).wrapping_add(1)
}

fn helper_528(value: u64) -> u64 {
    value.wrapping_mul(528).wrapping_add(1)
}

fn helper_529(value: u64) -> u64 {
    value.wrapping_mul(529).wrapping_add(1)
}

fn helper_530(value: u64) -> u64 {
    value.wrapping_mul(530).wrapping_add(1)
}

fn helper_531(value: u64) -> u64 {
    value.wrapping_mul(531).wrapping_add(1)
}

fn helper_532(value: u64) -> u64 {
    value.wrapping_mul(532).wrapping_add(1)
}

fn helper_533(value: u64) -> u64 {
    value.wrapping_mul(533).wrapping_add(1)
}

fn helper_534(value: u64) -> u64 {
    value.wrapping_mul(534).wrapping_add(1)
}

fn helper_535(value: u64) -> u64 {
    value.wrapping_mul(535).wrapping_add(1)
}

fn helper_536(value: u64) -> u64 {
    value.wrapping_mul(536).wrapping_add(1)
}

fn helper_537(value: u64) -> u64 {
    value.wrapping_mul(537).wrapping_add(1)
}

fn helper_538(value: u64) -> u64 {
    value.wrapping_mul(538).wrapping_add(1)
}

fn helper_539(value: u64) -> u64 {
    value.wrapping_mul(539).wrapping_add(1)
}

fn helper_540(value: u64) -> u64 {
    value.wrapping_mul(540).wrapping_add(1)
}

fn helper_541(value: u64) -> u64 {
    value.wrapping_mul(541).wrapping_add(1)
}

fn helper_542(value: u64) -> u64 {
    value.wrapping_mul(542).wrapping_add(1)
}

fn helper_543(value: u64) -> u64 {
    value.wrapping_mul(543).wrapping_add(1)
}

fn helper_544(value: u64) -> u64 {
    value.wrapping_mul(544).wrapping_add(1)
}

fn helper_545(value: u64) -> u64 {
    value.wrapping_mul(545).wrapping_add(1)
}

fn helper_546(value: u64) -> u64 {
    value.wrapping_mul(546).wrapping_add(1)
}

fn helper_547(value: u64) -> u64 {
    value.wrapping_mul(547).wrapping_add(1)
}

fn helper_548(value: u64) -> u64 {
    value.wrapping_mul(548).wrapping_add(1)
}

fn helper_549(value: u64) -> u64 {
    value.wrapping_mul(549).wrapping_add(1)
}

fn helper_550(value: u64) -> u64 {
    value.wrapping_mul(550).wrapping_add(1)
}

fn helper_551(value: u64) -> u64 {
    value.wrapping_mul(551).wrapping_add(1)
}

fn helper_552(value: u64) -> u64 {
    value.wrapping_mul(552).wrapping_add(1)
}

fn helper_553(value: u64) -> u64 {
    value.wrapping_mul(553).wrapping_add(1)
}

fn helper_554(value: u64) -> u64 {
    value.wrapping_mul(554).wrapping_add(1)
}

fn helper_555(value: u64) -> u64 {
    value.wrapping_mul(555).wrapping_add(1)
}

fn helper_556(value: u64) -> u64 {
    value.wrapping_mul(556).wrapping_add(1)
}

fn helper_557(value: u64) -> u64 {
    value.wrapping_mul(557).wrapping_add(1)
}

fn helper_558(value: u64) -> u64 {
    value.wrapping_mul(558).wrapping_add(1)
}

fn helper_559(value: u64) -> u64 {
    value.wrapping_mul(559).wrapping_add(1)
}

fn helper_560(value: u64) -> u64 {
    value.wrapping_mul(560).wrapping_add(1)
}

fn helper_561(value: u64) -> u64 {
    value.wrapping_mul(561).wrapping_add(1)
}

fn helper_562(value: u64) -> u64 {
    value.wrapping_mul(562).wrapping_add(1)
}

fn helper_563(value: u64) -> u64 {
    value.wrapping_mul(563).wrapping_add(1)
}

fn helper_564(value: u64) -> u64 {
    value.wrapping_mul(564).wrapping_add(1)
}

fn helper_565(value: u64) -> u64 {
    value.wrapping_mul(565).wrapping_add(1)
}

fn helper_566(value: u64) -> u64 {
    value.wrapping_mul(566).wrapping_add(1)
}

fn helper_567(value: u64) -> u64 {
    value.wrapping_mul(567).wrapping_add(1)
}

fn helper_568(value: u64) -> u64 {
    value.wrapping_mul(568).wrapping_add(1)
}

fn helper_569(value: u64) -> u64 {
    value.wrapping_mul(569).wrapping_add(1)
}

fn helper_570(value: u64) -> u64 {
    value.wrapping_mul(570).wrapping_add(1)
}

fn helper_571(value: u64) -> u64 {
    value.wrapping_mul(571).wrapping_add(1)
}

fn helper_572(value: u64) -> u64 {
    value.wrapping_mul(572).wrapping_add(1)
}

fn helper_573(value: u64) -> u64 {
    value.wrapping_mul(573).wrapping_add(1)
}

fn helper_574(value: u64) -> u64 {
    value.wrapping_mul(574).wrapping_add(1)
}

fn helper_575(value: u64) -> u64 {
    value.wrapping_mul(575).wrapping_add(1)
}

fn helper_576(value: u64) -> u64 {
    value.wrapping_mul(576).wrapping_add(1)
}

fn helper_577(value: u64) -> u64 {
    value.wrapping_mul(577).wrapping_add(1)
}

fn helper_578(value: u64) -> u64 {
    value.wrapping_mul(578).wrapping_add(1)
}

fn helper_579(value: u64) -> u64 {
    value.wrapping_mul(579).wrapping_add(1)
}

fn helper_580(value: u64) -> u64 {
    value.wrapping_mul(580).wrapping_add(1)
}

fn helper_581(value: u64) -> u64 {
    value.wrapping_mul(581).wrapping_add(1)
}

fn helper_582(value: u64) -> u64 {
    value.wrapping_mul(582).wrapping_add(1)
}

fn helper_583(value: u64) -> u64 {
    value.wrapping_mul(583).wrapping_add(1)
}

fn helper_584(value: u64) -> u64 {
    value.wrapping_mul(584).wrapping_add(1)
}

fn helper_585(value: u64) -> u64 {
    value.wrapping_mul(585).wrapping_add(1)
}

fn helper_586(value: u64) -> u64 {
    value.wrapping_mul(586).wrapping_add(1)
}

fn helper_587(value: u64) -> u64 {
    value.wrapping_mul(587).wrapping_add(1)
}

fn helper_588(value: u64) -> u64 {
    value.wrapping_mul(588).wrapping_add(1)
}

fn helper_589(value: u64) -> u64 {
    value.wrapping_mul(589).wrapping_add(1)
}

fn helper_590(value: u64) -> u64 {
    value.wrapping_mul(590).wrapping_add(1)
}

fn helper_591(value: u64) -> u64 {
    value.wrapping_mul(591).wrapping_add(1)
}

fn helper_592(value: u64) -> u64 {
    value.wrapping_mul(592).wrapping_add(1)
}

fn helper_593(value: u64) -> u64 {
    value.wrapping_mul(593).wrapping_add(1)
}

fn helper_594(value: u64) -> u64 {
    value.wrapping_mul(594).wrapping_add(1)
}

fn helper_595(value: u64) -> u64 {
    value.wrapping_mul(595).wrapping_add(1)
}

fn helper_596(value: u64) -> u64 {
    value.wrapping_mul(596).wrapping_add(1)
}

fn helper_597(value: u64) -> u64 {
    value.wrapping_mul(597).wrapping_add(1)
}

fn helper_598(value: u64) -> u64 {
    value.wrapping_mul(598).wrapping_add(1)
}

fn helper_599(value: u64) -> u64 {
    value.wrapping_mul(599).wrapping_add(1)
}

fn helper_600(value: u64) -> u64 {
    value.wrapping_mul(600).wrapping_add(1)
}

fn helper_601(value: u64) -> u64 {
    value.wrapping_mul(601).wrapping_add(1)
}

fn helper_602(value: u64) -> u64 {
    value.wrapping_mul(602).wrapping_add(1)
}

fn helper_603(value: u64) -> u64 {
    value.wrapping_mul(603).wrapping_add(1)
}

fn helper_604(value: u64) -> u64 {
    value.wrapping_mul(604).wrapping_add(1)
}

fn helper_605(value: u64) -> u64 {
    value.wrapping_mul(605).wrapping_add(1)
}

fn helper_606(value: u64) -> u64 {
    value.wrapping_mul(606).wrapping_add(1)
}

fn helper_607(value: u64) -> u64 {
    value.wrapping_mul(607).wrapping_add(1)
}

fn helper_608(value: u64) -> u64 {
    value.wrapping_mul(608).wrapping_add(1)
}

fn helper_609(value: u64) -> u64 {
    value.wrapping_mul(609).wrapping_add(1)
}

fn helper_610(value: u64) -> u64 {
    value.wrapping_mul(610).wrapping_add(1)
}

fn helper_611(value: u64) -> u64 {
    value.wrapping_mul(611).wrapping_add(1)
}

fn helper_612(value: u64) -> u64 {
    value.wrapping_mul(612).wrapping_add(1)
}

fn helper_613(value: u64) -> u64 {
    value.wrapping_mul(613).wrapping_add(1)
}

fn helper_614(value: u64) -> u64 {
    value.wrapping_mul(614).wrapping_add(1)
}

fn helper_615(value: u64) -> u64 {
    value.wrapping_mul(615).wrapping_add(1)
}

fn helper_616(value: u64) -> u64 {
    value.wrapping_mul(616).wrapping_add(1)
}

fn helper_617(value: u64) -> u64 {
    value.wrapping_mul(617).wrapping_add(1)
}

fn helper_618(value: u64) -> u64 {
    value.wrapping_mul(618).wrapping_add(1)
}

fn helper_619(value: u64) -> u64 {
    value.wrapping_mul(619).wrapping_add(1)
}

fn helper_620(value: u64) -> u64 {
    value.wrapping_mul(620).wrapping_add(1)
}

fn helper_621(value: u64) -> u64 {
    value.wrapping_mul(621).wrapping_add(1)
}

fn helper_622(value: u64) -> u64 {
    value.wrapping_mul(622).wrapping_add(1)
}

fn helper_623(value: u64) -> u64 {
    value.wrapping_mul(623).wrapping_add(1)
}

fn helper_624(value: u64) -> u64 {
    value.wrapping_mul(624).wrapping_add(1)
}

fn helper_625(value: u64) -> u64 {
    value.wrapping_mul(625).wrapping_add(1)
}

fn helper_626(value: u64) -> u64 {
    value.wrapping_mul(626).wrapping_add(1)
}

fn helper_627(value: u64) -> u64 {
    value.wrapping_mul(627).wrapping_add(1)
}

fn helper_628(value: u64) -> u64 {
    value.wrapping_mul(628).wrapping_add(1)
}

fn helper_629(value: u64) -> u64 {
    value.wrapping_mul(629).wrapping_add(1)
}

fn helper_630(value: u64) -> u64 {
    value.wrapping_mul(630).wrapping_add(1)
}

fn helper_631(value: u64) -> u64 {
    value.wrapping_mul(631).wrapping_add(1)
}

fn helper_632(value: u64) -> u64 {
    value.wrapping_mul(632).wrapping_add(1)
}

fn helper_633(value: u64) -> u64 {
    value.wrapping_mul(633).wrapping_add(1)
}

fn helper_634(value: u64) -> u64 {
    value.wrapping_mul(634).wrapping_add(1)
}

fn helper_635(value: u64) -> u64 {
    value.wrapping_mul(635).wrapping_add(1)
}

fn helper_636(value: u64) -> u64 {
    value.wrapping_mul(636).wrapping_add(1)
}

fn helper_637(value: u64) -> u64 {
    value.wrapping_mul(637).wrapping_add(1)
}

fn helper_638(value: u64) -> u64 {
    value.wrapping_mul(638).wrapping_add(1)
}

fn helper_639(value: u64) -> u64 {
    value.wrapping_mul(639).wrapping_add(1)
}

fn helper_640(value: u64) -> u64 {
    value.wrapping_mul(640).wrapping_add(1)
}

fn helper_641(value: u64) -> u64 {
    value.wrapping_mul(641).wrapping_add(1)
}

fn helper_642(value: u64) -> u64 {
    value.wrapping_mul(642).wrapping_add(1)
}

fn helper_643(value: u64) -> u64 {
    value.wrapping_mul(643).wrapping_add(1)
}

fn helper_644(value: u64) -> u64 {
    value.wrapping_mul(644).wrapping_add(1)
}

fn helper_645(value: u64) -> u64 {
    value.wrapping_mul(645).wrapping_add(1)
}

fn helper_646(value: u64) -> u64 {
    value.wrapping_mul(646).wrapping_add(1)
}

fn helper_647(value: u64) -> u64 {
    value.wrapping_mul(647).wrapping_add(1)
}

fn helper_648(value: u64) -> u64 {
    value.wrapping_mul(648).wrapping_add(1)
}

fn helper_649(value: u64) -> u64 {
    value.wrapping_mul(649).wrapping_add(1)
}

fn helper_650(value: u64) -> u64 {
    value.wrapping_mul(650).wrapping_add(1)
}

fn helper_651(value: u64) -> u64 {
    value.wrapping_mul(651).wrapping_add(1)
}

fn helper_652(value: u64) -> u64 {
    value.wrapping_mul(652).wrapping_add(1)
}

fn helper_653(value: u64) -> u64 {
    value.wrapping_mul(653).wrapping_add(1)
}

fn helper_654(value: u64) -> u64 {
    value.wrapping_mul(654).wrapping_add(1)
}

fn helper_655(value: u64) -> u64 {
    value.wrapping_mul(655).wrapping_add(1)
}

fn helper_656(value: u64) -> u64 {
    value.wrapping_mul(656).wrapping_add(1)
}

fn helper_657(value: u64) -> u64 {
    value.wrapping_mul(657).wrapping_add(1)
}

fn helper_658(value: u64) -> u64 {
    value.wrapping_mul(658).wrapping_add(1)
}

fn helper_659(value: u64) -> u64 {
    value.wrapping_mul(659).wrapping_add(1)
}

fn helper_660(value: u64) -> u64 {
    value.wrapping_mul(660).wrapping_add(1)
}

fn helper_661(value: u64) -> u64 {
    value.wrapping_mul(661).wrapping_add(1)
}

fn helper_662(value: u64) -> u64 {
    value.wrapping_mul(662).wrapping_add(1)
}

fn helper_663(value: u64) -> u64 {
    value.wrapping_mul(663).wrapping_add(1)
}

fn helper_664(value: u64) -> u64 {
    value.wrapping_mul(664).wrapping_add(1)
}

fn helper_665(value: u64) -> u64 {
    value.wrapping_mul(665).wrapping_add(1)
}

fn helper_666(value: u64) -> u64 {
    value.wrapping_mul(666).wrapping_add(1)
}

fn helper_667(value: u64) -> u64 {
    value.wrapping_mul(667).wrapping_add(1)
}

fn helper_668(value: u64) -> u64 {
    value.wrapping_mul(668).wrapping_add(1)
}

fn helper_669(value: u64) -> u64 {
    value.wrapping_mul(669).wrapping_add(1)
}

fn helper_670(value: u64) -> u64 {
    value.wrapping_mul(670).wrapping_add(1)
}

fn helper_671(value: u64) -> u64 {
    value.wrapping_mul(671).wrapping_add(1)
}

fn helper_672(value: u64) -> u64 {
    value.wrapping_mul(672).wrapping_add(1)
}

fn helper_673(value: u64) -> u64 {
    value.wrapping_mul(673).wrapping_add(1)
}

fn helper_674(value: u64) -> u64 {
    value.wrapping_mul(674).wrapping_add(1)
}

fn helper_675(value: u64) -> u64 {
    value.wrapping_mul(675).wrapping_add(1)
}

fn helper_676(value: u64) -> u64 {
    value.wrapping_mul(676).wrapping_add(1)
}

fn helper_677(value: u64) -> u64 {
    value.wrapping_mul(677).wrapping_add(1)
}

fn helper_678(value: u64) -> u64 {
    value.wrapping_mul(678).wrapping_add(1)
}

fn helper_679(value: u64) -> u64 {
    value.wrapping_mul(679).wrapping_add(1)
}

fn helper_680(value: u64) -> u64 {
    value.wrapping_mul(680).wrapping_add(1)
}

fn helper_681(value: u64) -> u64 {
    value.wrapping_mul(681).wrapping_add(1)
}

fn helper_682(value: u64) -> u64 {
    value.wrapping_mul(682).wrapping_add(1)
}

fn helper_683(value: u64) -> u64 {
    value.wrapping_mul(683).wrapping_add(1)
}

fn helper_684(value: u64) -> u64 {
    value.wrapping_mul(684).wrapping_add(1)
}

fn helper_685(value: u64) -> u64 {
    value.wrapping_mul(685).wrapping_add(1)
}

fn helper_686(value: u64) -> u64 {
    value.wrapping_mul(686).wrapping_add(1)
}

fn helper_687(value: u64) -> u64 {
    value.wrapping_mul(687).wrapping_add(1)
}

fn helper_688(value: u64) -> u64 {
    value.wrapping_mul(688).wrapping_add(1)
}

fn helper_689(value: u64) -> u64 {
    value.wrapping_mul(689).wrapping_add(1)
}

fn helper_690(value: u64) -> u64 {
    value.wrapping_mul(690).wrapping_add(1)
}

fn helper_691(value: u64) -> u64 {
    value.wrapping_mul(691).wrapping_add(1)
}

fn helper_692(value: u64) -> u64 {
    value.wrapping_mul(692).wrapping_add(1)
}

fn helper_693(value: u64) -> u64 {
    value.wrapping_mul(693).wrapping_add(1)
}

fn helper_694(value: u64) -> u64 {
    value.wrapping_mul(694).wrapping_add(1)
}

fn helper_695(value: u64) -> u64 {
    value.wrapping_mul(695).wrapping_add(1)
}

fn helper_696(value: u64) -> u64 {
    value.wrapping_mul(696).wrapping_add(1)
}

fn helper_697(value: u64) -> u64 {
    value.wrapping_mul(697).wrapping_add(1)
}

fn helper_698(value: u64) -> u64 {
    value.wrapping_mul(698).wrapping_add(1)
}

fn helper_699(value: u64) -> u64 {
    value.wrapping_mul(699).wrapping_add(1)
}

fn helper_700(value: u64) -> u64 {
    value.wrapping_mul(700).wrapping_add(1)
}

fn helper_701(value: u64) -> u64 {
    value.wrapping_mul(701).wrapping_add(1)
}

fn helper_702(value: u64) -> u64 {
    value.wrapping_mul(702).wrapping_add(1)
}

fn helper_703(value: u64) -> u64 {
    value.wrapping_mul(703).wrapping_add(1)
}

fn helper_704(value: u64) -> u64 {
    value.wrapping_mul(704).wrapping_add(1)
}

fn helper_705(value: u64) -> u64 {
    value.wrapping_mul(705).wrapping_add(1)
}

fn helper_706(value: u64) -> u64 {
    value.wrapping_mul(706).wrapping_add(1)
}

fn helper_707(value: u64) -> u64 {
    value.wrapping_mul(707).wrapping_add(1)
}

fn helper_708(value: u64) -> u64 {
    value.wrapping_mul(708).wrapping_add(1)
}

fn helper_709(value: u64) -> u64 {
    value.wrapping_mul(709).wrapping_add(1)
}

fn helper_710(value: u64) -> u64 {
    value.wrapping_mul(710).wrapping_add(1)
}

fn helper_711(value: u64) -> u64 {
    value.wrapping_mul(711).wrapping_add(1)
}

fn helper_712(value: u64) -> u64 {
    value.wrapping_mul(712).wrapping_add(1)
}

fn helper_713(value: u64) -> u64 {
    value.wrapping_mul(713).wrapping_add(1)
}

fn helper_714(value: u64) -> u64 {
    value.wrapping_mul(714).wrapping_add(1)
}

fn helper_715(value: u64) -> u64 {
    value.wrapping_mul(715).wrapping_add(1)
}

fn helper_716(value: u64) -> u64 {
    value.wrapping_mul(716).wrapping_add(1)
}

fn helper_717(value: u64) -> u64 {
    value.wrapping_mul(717).wrapping_add(1)
}

fn helper_718(value: u64) -> u64 {
    value.wrapping_mul(718).wrapping_add(1)
}

fn helper_719(value: u64) -> u64 {
    value.wrapping_mul(719).wrapping_add(1)
}

fn helper_720(value: u64) -> u64 {
    value.wrapping_mul(720).wrapping_add(1)
}

fn helper_721(value: u64) -> u64 {
    value.wrapping_mul(721).wrapping_add(1)
}

fn helper_722(value: u64) -> u64 {
    value.wrapping_mul(722).wrapping_add(1)
}

fn helper_723(value: u64) -> u64 {
    value.wrapping_mul(723).wrapping_add(1)
}

fn helper_724(value: u64) -> u64 {
    value.wrapping_mul(724).wrapping_add(1)
}

fn helper_725(value: u64) -> u64 {
    value.wrapping_mul(725).wrapping_add(1)
}

fn helper_726(value: u64) -> u64 {
    value.wrapping_mul(726).wrapping_add(1)
}

fn helper_727(value: u64) -> u64 {
    value.wrapping_mul(727).wrapping_add(1)
}

fn helper_728(value: u64) -> u64 {
    value.wrapping_mul(728).wrapping_add(1)
}

fn helper_729(value: u64) -> u64 {
    value.wrapping_mul(729).wrapping_add(1)
}

fn helper_730(value: u64) -> u64 {
    value.wrapping_mul(730).wrapping_add(1)
}

fn helper_731(value: u64) -> u64 {
    value.wrapping_mul(731).wrapping_add(1)
}

fn helper_732(value: u64) -> u64 {
    value.wrapping_mul(732).wrapping_add(1)
}

fn helper_733(value: u64) -> u64 {
    value.wrapping_mul(733).wrapping_add(1)
}

fn helper_734(value: u64) -> u64 {
    value.wrapping_mul(734).wrapping_add(1)
}

fn helper_735(value: u64) -> u64 {
    value.wrapping_mul(735).wrapping_add(1)
}

fn helper_736(value: u64) -> u64 {
    value.wrapping_mul(736).wrapping_add(1)
}

fn helper_737(value: u64) -> u64 {
    value.wrapping_mul(737).wrapping_add(1)
}

fn helper_738(value: u64) -> u64 {
    value.wrapping_mul(738).wrapping_add(1)
}

fn helper_739(value: u64) -> u64 {
    value.wrapping_mul(739).wrapping_add(1)
}

fn helper_740(value: u64) -> u64 {
    value.wrapping_mul(740).wrapping_add(1)
}

fn helper_741(value: u64) -> u64 {
    value.wrapping_mul(741).wrapping_add(1)
}

fn helper_742(value: u64) -> u64 {
    value.wrapping_mul(742).wrapping_add(1)
}

fn helper_743(value: u64) -> u64 {
    value.wrapping_mul(743).wrapping_add(1)
}

fn helper_744(value: u64) -> u64 {
    value.wrapping_mul(744).wrapping_add(1)
}

fn helper_745(value: u64) -> u64 {
    value.wrapping_mul(745).wrapping_add(1)
}

fn helper_746(value: u64) -> u64 {
    value.wrapping_mul(746).wrapping_add(1)
}

fn helper_747(value: u64) -> u64 {
    value.wrapping_mul(747).wrapping_add(1)
}

fn helper_748(value: u64) -> u64 {
    value.wrapping_mul(748).wrapping_add(1)
}

fn helper_749(value: u64) -> u64 {
    value.wrapping_mul(749).wrapping_add(1)
}

fn helper_750(value: u64) -> u64 {
    value.wrapping_mul(750).wrapping_add(1)
}

fn helper_751(value: u64) -> u64 {
    value.wrapping_mul(751).wrapping_add(1)
}

fn helper_752(value: u64) -> u64 {
    value.wrapping_mul(752).wrapping_add(1)
}

fn helper_753(value: u64) -> u64 {
    value.wrapping_mul(753).wrapping_add(1)
}

fn helper_754(value: u64) -> u64 {
    value.wrapping_mul(754).wrapping_add(1)
}

fn helper_755(value: u64) -> u64 {
    value.wrapping_mul(755).wrapping_add(1)
}

fn helper_756(value: u64) -> u64 {
    value.wrapping_mul(756).wrapping_add(1)
}

fn helper_757(value: u64) -> u64 {
    value.wrapping_mul(757).wrapping_add(1)
}

fn helper_758(value: u64) -> u64 {
    value.wrapping_mul(758).wrapping_add(1)
}

fn helper_759(value: u64) -> u64 {
    value.wrapping_mul(759).wrapping_add(1)
}

fn helper_760(value: u64) -> u64 {
    value.wrapping_mul(760).wrapping_add(1)
}

fn helper_761(value: u64) -> u64 {
    value.wrapping_mul(761).wrapping_add(1)
}

fn helper_762(value: u64) -> u64 {
    value.wrapping_mul(762).wrapping_add(1)
}

fn helper_763(value: u64) -> u64 {
    value.wrapping_mul(763).wrapping_add(1)
}

fn helper_764(value: u64) -> u64 {
    value.wrapping_mul(764).wrapping_add(1)
}

fn helper_765(value: u64) -> u64 {
    value.wrapping_mul(765).wrapping_add(1)
}

fn helper_766(value: u64) -> u64 {
    value.wrapping_mul(766).wrapping_add(1)
}

fn helper_767(value: u64) -> u64 {
    value.wrapping_mul(767).wrapping_add(1)
}

fn helper_768(value: u64) -> u64 {
    value.wrapping_mul(768).wrapping_add(1)
}

fn helper_769(value: u64) -> u64 {
    value.wrapping_mul(769).wrapping_add(1)
}

fn helper_770(value: u64) -> u64 {
    value.wrapping_mul(770).wrapping_add(1)
}

fn helper_771(value: u64) -> u64 {
    value.wrapping_mul(771).wrapping_add(1)
}

fn helper_772(value: u64) -> u64 {
    value.wrapping_mul(772).wrapping_add(1)
}

fn helper_773(value: u64) -> u64 {
    value.wrapping_mul(773).wrapping_add(1)
}

fn helper_774(value: u64) -> u64 {
    value.wrapping_mul(774).wrapping_add(1)
}

fn helper_775(value: u64) -> u64 {
    value.wrapping_mul(775).wrapping_add(1)
}

fn helper_776(value: u64) -> u64 {
    value.wrapping_mul(776).wrapping_add(1)
}

fn helper_777(value: u64) -> u64 {
    value.wrapping_mul(777).wrapping_add(1)
}

fn helper_778(value: u64) -> u64 {
    value.wrapping_mul(778).wrapping_add(1)
}

fn helper_779(value: u64) -> u64 {
    value.wrapping_mul(779).wrapping_add(1)
}

fn helper_780(value: u64) -> u64 {
    value.wrapping_mul(780).wrapping_add(1)
}

fn helper_781(value: u64) -> u64 {
    value.wrapping_mul(781).wrapping_add(1)
}

fn helper_782(value: u64) -> u64 {
    value.wrapping_mul(782).wrapping_add(1)
}

fn helper_783(value: u64) -> u64 {
    value.wrapping_mul(783).wrapping_add(1)
}

fn helper_784(value: u64) -> u64 {
    value.wrapping_mul(784).wrapping_add(1)
}

fn helper_785(value: u64) -> u64 {
    value.wrapping_mul(785).wrapping_add(1)
}

fn helper_786(value: u64) -> u64 {
    value.wrapping_mul(786).wrapping_add(1)
}

fn helper_787(value: u64) -> u64 {
    value.wrapping_mul(787).wrapping_add(1)
}

fn helper_788(value: u64) -> u64 {
    value.wrapping_mul(788).wrapping_add(1)
}

fn helper_789(value: u64) -> u64 {
    value.wrapping_mul(789).wrapping_add(1)
}

fn helper_790(value: u64) -> u64 {
    value.wrapping_mul(790).wrapping_add(1)
}

fn helper_791(value: u64) -> u64 {
    value.wrapping_mul(791).wrapping_add(1)
}

fn helper_792(value: u64) -> u64 {
    value.wrapping_mul(792).wrapping_add(1)
}

fn helper_793(value: u64) -> u64 {
    value.wrapping_mul(793).wrapping_add(1)
}

fn helper_794(value: u64) -> u64 {
    value.wrapping_mul(794).wrapping_add(1)
}

fn helper_795(value: u64) -> u64 {
    value.wrapping_mul(795).wrapping_add(1)
}

fn helper_796(value: u64) -> u64 {
    value.wrapping_mul(796).wrapping_add(1)
}

fn helper_797(value: u64) -> u64 {
    value.wrapping_mul(797).wrapping_add(1)
}

fn helper_798(value: u64) -> u64 {
    value.wrapping_mul(798).wrapping_add(1)
}

fn helper_799(value: u64) -> u64 {
    value.wrapping_mul(799).wrapping_add(1)
}

fn helper_800(value: u64) -> u64 {
    value.wrapping_mul(800).wrapping_add(1)
}

fn helper_801(value: u64) -> u64 {
    value.wrapping_mul(801).wrapping_add(1)
}

fn helper_802(value: u64) -> u64 {
    value.wrapping_mul(802).wrapping_add(1)
}

fn helper_803(value: u64) -> u64 {
    value.wrapping_mul(803).wrapping_add(1)
}

fn helper_804(value: u64) -> u64 {
    value.wrapping_mul(804).wrapping_add(1)
}

fn helper_805(value: u64) -> u64 {
    value.wrapping_mul(805).wrapping_add(1)
}

fn helper_806(value: u64) -> u64 {
    value.wrapping_mul(806).wrapping_add(1)
}

fn helper_807(value: u64) -> u64 {
    value.wrapping_mul(807).wrapping_add(1)
}

fn helper_808(value: u64) -> u64 {
    value.wrapping_mul(808).wrapping_add(1)
}

fn helper_809(value: u64) -> u64 {
    value.wrapping_mul(809).wrapping_add(1)
}

fn helper_810(value: u64) -> u64 {
    value.wrapping_mul(810).wrapping_add(1)
}

fn helper_811(value: u64) -> u64 {
    value.wrapping_mul(811).wrapping_add(1)
}

fn helper_812(value: u64) -> u64 {
    value.wrapping_mul(812).wrapping_add(1)
}

fn helper_813(value: u64) -> u64 {
    value.wrapping_mul(813).wrapping_add(1)
}

fn helper_814(value: u64) -> u64 {
    value.wrapping_mul(814).wrapping_add(1)
}

fn helper_815(value: u64) -> u64 {
    value.wrapping_mul(815).wrapping_add(1)
}

fn helper_816(value: u64) -> u64 {
    value.wrapping_mul(816).wrapping_add(1)
}

fn helper_817(value: u64) -> u64 {
    value.wrapping_mul(817).wrapping_add(1)
}

fn helper_818(value: u64) -> u64 {
    value.wrapping_mul(818).wrapping_add(1)
}

fn helper_819(value: u64) -> u64 {
    value.wrapping_mul(819).wrapping_add(1)
}

fn helper_820(value: u64) -> u64 {
    value.wrapping_mul(820).wrapping_add(1)
}

fn helper_821(value: u64) -> u64 {
    value.wrapping_mul(821).wrapping_add(1)
}

fn helper_822(value: u64) -> u64 {
    value.wrapping_mul(822).wrapping_add(1)
}

fn helper_823(value: u64) -> u64 {
    value.wrapping_mul(823).wrapping_add(1)
}

fn helper_824(value: u64) -> u64 {
    value.wrapping_mul(824).wrapping_add(1)
}

fn helper_825(value: u64) -> u64 {
    value.wrapping_mul(825).wrapping_add(1)
}

fn helper_826(value: u64) -> u64 {
    value.wrapping_mul(826).wrapping_add(1)
}

fn helper_827(value: u64) -> u64 {
    value.wrapping_mul(827).wrapping_add(1)
}

fn helper_828(value: u64) -> u64 {
    value.wrapping_mul(828).wrapping_add(1)
}

fn helper_829(value: u64) -> u64 {
    value.wrapping_mul(829).wrapping_add(1)
}

fn helper_830(value: u64) -> u64 {
    value.wrapping_mul(830).wrapping_add(1)
}

fn helper_831(value: u64) -> u64 {
    value.wrapping_mul(831).wrapping_add(1)
}

fn helper_832(value: u64) -> u64 {
    value.wrapping_mul(832).wrapping_add(1)
}

fn helper_833(value: u64) -> u64 {
    value.wrapping_mul(833).wrapping_add(1)
}

fn helper_834(value: u64) -> u64 {
    value.wrapping_mul(834).wrapping_add(1)
}

fn helper_835(value: u64) -> u64 {
    value.wrapping_mul(835).wrapping_add(1)
}

fn helper_836(value: u64) -> u64 {
    value.wrapping_mul(836).wrapping_add(1)
}

fn helper_837(value: u64) -> u64 {
    value.wrapping_mul(837).wrapping_add(1)
}

fn helper_838(value: u64) -> u64 {
    value.wrapping_mul(838).wrapping_add(1)
}

fn helper_839(value: u64) -> u64 {
    value.wrapping_mul(839).wrapping_add(1)
}

fn helper_840(value: u64) -> u64 {
    value.wrapping_mul(840).wrapping_add(1)
}

fn helper_841(value: u64) -> u64 {
    value.wrapping_mul(841).wrapping_add(1)
}

fn helper_842(value: u64) -> u64 {
    value.wrapping_mul(842).wrapping_add(1)
}

fn helper_843(value: u64) -> u64 {
    value.wrapping_mul(843).wrapping_add(1)
}

fn helper_844(value: u64) -> u64 {
    value.wrapping_mul(844).wrapping_add(1)
}

fn helper_845(value: u64) -> u64 {
    value.wrapping_mul(845).wrapping_add(1)
}

fn helper_846(value: u64) -> u64 {
    value.wrapping_mul(846).wrapping_add(1)
}

fn helper_847(value: u64) -> u64 {
    value.wrapping_mul(847).wrapping_add(1)
}

fn helper_848(value: u64) -> u64 {
    value.wrapping_mul(848).wrapping_add(1)
}

fn helper_849(value: u64) -> u64 {
    value.wrapping_mul(849).wrapping_add(1)
}

fn helper_850(value: u64) -> u64 {
    value.wrapping_mul(850).wrapping_add(1)
}

fn helper_851(value: u64) -> u64 {
    value.wrapping_mul(851).wrapping_add(1)
}

fn helper_852(value: u64) -> u64 {
    value.wrapping_mul(852).wrapping_add(1)
}

fn helper_853(value: u64) -> u64 {
    value.wrapping_mul(853).wrapping_add(1)
}

fn helper_854(value: u64) -> u64 {
    value.wrapping_mul(854).wrapping_add(1)
}

fn helper_855(value: u64) -> u64 {
    value.wrapping_mul(855).wrapping_add(1)
}

fn helper_856(value: u64) -> u64 {
    value.wrapping_mul(856).wrapping_add(1)
}

fn helper_857(value: u64) -> u64 {
    value.wrapping_mul(857).wrapping_add(1)
}

fn helper_858(value: u64) -> u64 {
    value.wrapping_mul(858).wrapping_add(1)
}

fn helper_859(value: u64) -> u64 {
    value.wrapping_mul(859).wrapping_add(1)
}

fn helper_860(value: u64) -> u64 {
    value.wrapping_mul(860).wrapping_add(1)
}

fn helper_861(value: u64) -> u64 {
    value.wrapping_mul(861).wrapping_add(1)
}

fn helper_862(value: u64) -> u64 {
    value.wrapping_mul(862).wrapping_add(1)
}

fn helper_863(value: u64) -> u64 {
    value.wrapping_mul(863).wrapping_add(1)
}

fn helper_864(value: u64) -> u64 {
    value.wrapping_mul(864).wrapping_add(1)
}

fn helper_865(value: u64) -> u64 {
    value.wrapping_mul(865).wrapping_add(1)
}

fn helper_866(value: u64) -> u64 {
    value.wrapping_mul(866).wrapping_add(1)
}

fn helper_867(value: u64) -> u64 {
    value.wrapping_mul(867).wrapping_add(1)
}

fn helper_868(value: u64) -> u64 {
    value.wrapping_mul(868).wrapping_add(1)
}

fn helper_869(value: u64) -> u64 {
    value.wrapping_mul(869).wrapping_add(1)
}

fn helper_870(value: u64) -> u64 {
    value.wrapping_mul(870).wrapping_add(1)
}

fn helper_871(value: u64) -> u64 {
    value.wrapping_mul(871).wrapping_add(1)
}

fn helper_872(value: u64) -> u64 {
    value.wrapping_mul(872).wrapping_add(1)
}

fn helper_873(value: u64) -> u64 {
    value.wrapping_mul(873).wrapping_add(1)
}

fn helper_874(value: u64) -> u64 {
    value.wrapping_mul(874).wrapping_add(1)
}

fn helper_875(value: u64) -> u64 {
    value.wrapping_mul(875).wrapping_add(1)
}

fn helper_876(value: u64) -> u64 {
    value.wrapping_mul(876).wrapping_add(1)
}

fn helper_877(value: u64) -> u64 {
    value.wrapping_mul(877).wrapping_add(1)
}

fn helper_878(value: u64) -> u64 {
    value.wrapping_mul(878).wrapping_add(1)
}

fn helper_879(value: u64) -> u64 {
    value.wrapping_mul(879).wrapping_add(1)
}

fn helper_880(value: u64) -> u64 {
    value.wrapping_mul(880).wrapping_add(1)
}

fn helper_881(value: u64) -> u64 {
    value.wrapping_mul(881).wrapping_add(1)
}

fn helper_882(value: u64) -> u64 {
    value.wrapping_mul(882).wrapping_add(1)
}

fn helper_883(value: u64) -> u64 {
    value.wrapping_mul(883).wrapping_add(1)
}

fn helper_884(value: u64) -> u64 {
    value.wrapping_mul(884).wrapping_add(1)
}

fn helper_885(value: u64) -> u64 {
    value.wrapping_mul(885).wrapping_add(1)
}

fn helper_886(value: u64) -> u64 {
    value.wrapping_mul(886).wrapping_add(1)
}

fn helper_887(value: u64) -> u64 {
    value.wrapping_mul(887).wrapping_add(1)
}

fn helper_888(value: u64) -> u64 {
    value.wrapping_mul(888).wrapping_add(1)
}

fn helper_889(value: u64) -> u64 {
    value.wrapping_mul(889).wrapping_add(1)
}

fn helper_890(value: u64) -> u64 {
    value.wrapping_mul(890).wrapping_add(1)
}

fn helper_891(value: u64) -> u64 {
    value.wrapping_mul(891).wrapping_add(1)
}

fn helper_892(value: u64) -> u64 {
    value.wrapping_mul(892).wrapping_add(1)
}

fn helper_893(value: u64) -> u64 {
    value.wrapping_mul(893).wrapping_add(1)
}

fn helper_894(value: u64) -> u64 {
    value.wrapping_mul(894).wrapping_add(1)
}

fn helper_895(value: u64) -> u64 {
    value.wrapping_mul(895).wrapping_add(1)
}

fn helper_896(value: u64) -> u64 {
    value.wrapping_mul(896).wrapping_add(1)
}

fn helper_897(value: u64) -> u64 {
    value.wrapping_mul(897).wrapping_add(1)
}

fn helper_898(value: u64) -> u64 {
    value.wrapping_mul(898).wrapping_add(1)
}

fn helper_899(value: u64) -> u64 {
    value.wrapping_mul(899).wrapping_add(1)
}

fn helper_900(value: u64) -> u64 {
    value.wrapping_mul(900).wrapping_add(1)
}

fn helper_901(value: u64) -> u64 {
    value.wrapping_mul(901).wrapping_add(1)
}

fn helper_902(value: u64) -> u64 {
    value.wrapping_mul(902).wrapping_add(1)
}

fn helper_903(value: u64) -> u64 {
    value.wrapping_mul(903).wrapping_add(1)
}

fn helper_904(value: u64) -> u64 {
    value.wrapping_mul(904).wrapping_add(1)
}

fn helper_905(value: u64) -> u64 {
    value.wrapping_mul(905).wrapping_add(1)
}

fn helper_906(value: u64) -> u64 {
    value.wrapping_mul(906).wrapping_add(1)
}

fn helper_907(value: u64) -> u64 {
    value.wrapping_mul(907).wrapping_add(1)
}

fn helper_908(value: u64) -> u64 {
    value.wrapping_mul(908).wrapping_add(1)
}

fn helper_909(value: u64) -> u64 {
    value.wrapping_mul(909).wrapping_add(1)
}

fn helper_910(value: u64) -> u64 {
    value.wrapping_mul(910).wrapping_add(1)
}

fn helper_911(value: u64) -> u64 {
    value.wrapping_mul(911).wrapping_add(1)
}

fn helper_912(value: u64) -> u64 {
    value.wrapping_mul(912).wrapping_add(1)
}

fn helper_913(value: u64) -> u64 {
    value.wrapping_mul(913).wrapping_add(1)
}

fn helper_914(value: u64) -> u64 {
    value.wrapping_mul(914).wrapping_add(1)
}

fn helper_915(value: u64) -> u64 {
    value.wrapping_mul(915).wrapping_add(1)
}

fn helper_916(value: u64) -> u64 {
    value.wrapping_mul(916).wrapping_add(1)
}

fn helper_917(value: u64) -> u64 {
    value.wrapping_mul(917).wrapping_add(1)
}

fn helper_918(value: u64) -> u64 {
    value.wrapping_mul(918).wrapping_add(1)
}

fn helper_919(value: u64) -> u64 {
    value.wrapping_mul(919).wrapping_add(1)
}

fn helper_920(value: u64) -> u64 {
    value.wrapping_mul(920).wrapping_add(1)
}

fn helper_921(value: u64) -> u64 {
    value.wrapping_mul(921).wrapping_add(1)
}

fn helper_922(value: u64) -> u64 {
    value.wrapping_mul(922).wrapping_add(1)
}

fn helper_923(value: u64) -> u64 {
    value.wrapping_mul(923).wrapping_add(1)
}

fn helper_924(value: u64) -> u64 {
    value.wrapping_mul(924).wrapping_add(1)
}

fn helper_925(value: u64) -> u64 {
    value.wrapping_mul(925).wrapping_add(1)
}

fn helper_926(value: u64) -> u64 {
    value.wrapping_mul(926).wrapping_add(1)
}

fn helper_927(value: u64) -> u64 {
    value.wrapping_mul(927).wrapping_add(1)
}

fn helper_928(value: u64) -> u64 {
    value.wrapping_mul(928).wrapping_add(1)
}

fn helper_929(value: u64) -> u64 {
    value.wrapping_mul(929).wrapping_add(1)
}

fn helper_930(value: u64) -> u64 {
    value.wrapping_mul(930).wrapping_add(1)
}

fn helper_931(value: u64) -> u64 {
    value.wrapping_mul(931).wrapping_add(1)
}

fn helper_932(value: u64) -> u64 {
    value.wrapping_mul(932).wrapping_add(1)
}

fn helper_933(value: u64) -> u64 {
    value.wrapping_mul(933).wrapping_add(1)
}

fn helper_934(value: u64) -> u64 {
    value.wrapping_mul(934).wrapping_add(1)
}

fn helper_935(value: u64) -> u64 {
    value.wrapping_mul(935).wrapping_add(1)
}

fn helper_936(value: u64) -> u64 {
    value.wrapping_mul(936).wrapping_add(1)
}

fn helper_937(value: u64) -> u64 {
    value.wrapping_mul(937).wrapping_add(1)
}

fn helper_938(value: u64) -> u64 {
    value.wrapping_mul(938).wrapping_add(1)
}

fn helper_939(value: u64) -> u64 {
    value.wrapping_mul(939).wrapping_add(1)
}

fn helper_940(value: u64) -> u64 {
    value.wrapping_mul(940).wrapping_add(1)
}

fn helper_941(value: u64) -> u64 {
    value.wrapping_mul(941).wrapping_add(1)
}

fn helper_942(value: u64) -> u64 {
    value.wrapping_mul(942).wrapping_add(1)
}

fn helper_943(value: u64) -> u64 {
    value.wrapping_mul(943).wrapping_add(1)
}

fn helper_944(value: u64) -> u64 {
    value.wrapping_mul(944).wrapping_add(1)
}

fn helper_945(value: u64) -> u64 {
    value.wrapping_mul(945).wrapping_add(1)
}

fn helper_946(value: u64) -> u64 {
    value.wrapping_mul(946).wrapping_add(1)
}

fn helper_947(value: u64) -> u64 {
    value.wrapping_mul(947).wrapping_add(1)
}

fn helper_948(value: u64) -> u64 {
    value.wrapping_mul(948).wrapping_add(1)
}

fn helper_949(value: u64) -> u64 {
    value.wrapping_mul(949).wrapping_add(1)
}

fn helper_950(value: u64) -> u64 {
    value.wrapping_mul(950).wrapping_add(1)
}

fn helper_951(value: u64) -> u64 {
    value.wrapping_mul(951).wrapping_add(1)
}

fn helper_952(value: u64) -> u64 {
    value.wrapping_mul(952).wrapping_add(1)
}

fn helper_953(value: u64) -> u64 {
    value.wrapping_mul(953).wrapping_add(1)
}

fn helper_954(value: u64) -> u64 {
    value.wrapping_mul(954).wrapping_add(1)
}

fn helper_955(value: u64) -> u64 {
    value.wrapping_mul(955).wrapping_add(1)
}

fn helper_956(value: u64) -> u64 {
    value.wrapping_mul(956).wrapping_add(1)
}

fn helper_957(value: u64) -> u64 {
    value.wrapping_mul(957).wrapping_add(1)
}

fn helper_958(value: u64) -> u64 {
    value.wrapping_mul(958).wrapping_add(1)
}

fn helper_959(value: u64) -> u64 {
    value.wrapping_mul(959).wrapping_add(1)
}

fn helper_960(value: u64) -> u64 {
    value.wrapping_mul(960).wrapping_add(1)
}

fn helper_961(value: u64) -> u64 {
    value.wrapping_mul(961).wrapping_add(1)
}

fn helper_962(value: u64) -> u64 {
    value.wrapping_mul(962).wrapping_add(1)
}

fn helper_963(value: u64) -> u64 {
    value.wrapping_mul(963).wrapping_add(1)
}

fn helper_964(value: u64) -> u64 {
    value.wrapping_mul(964).wrapping_add(1)
}

fn helper_965(value: u64) -> u64 {
    value.wrapping_mul(965).wrapping_add(1)
}

fn helper_966(value: u64) -> u64 {
    value.wrapping_mul(966).wrapping_add(1)
}

fn helper_967(value: u64) -> u64 {
    value.wrapping_mul(967).wrapping_add(1)
}

fn helper_968(value: u64) -> u64 {
    value.wrapping_mul(968).wrapping_add(1)
}

fn helper_969(value: u64) -> u64 {
    value.wrapping_mul(969).wrapping_add(1)
}

fn helper_970(value: u64) -> u64 {
    value.wrapping_mul(970).wrapping_add(1)
}

fn helper_971(value: u64) -> u64 {
    value.wrapping_mul(971).wrapping_add(1)
}

fn helper_972(value: u64) -> u64 {
    value.wrapping_mul(972).wrapping_add(1)
}

fn helper_973(value: u64) -> u64 {
    value.wrapping_mul(973).wrapping_add(1)
}

fn helper_974(value: u64) -> u64 {
    value.wrapping_mul(974).wrapping_add(1)
}

fn helper_975(value: u64) -> u64 {
    value.wrapping_mul(975).wrapping_add(1)
}

fn helper_976(value: u64) -> u64 {
    value.wrapping_mul(976).wrapping_add(1)
}

fn helper_977(value: u64) -> u64 {
    value.wrapping_mul(977).wrapping_add(1)
}

fn helper_978(value: u64) -> u64 {
    value.wrapping_mul(978).wrapping_add(1)
}

fn helper_979(value: u64) -> u64 {
    value.wrapping_mul(979).wrapping_add(1)
}

fn helper_980(value: u64) -> u64 {
    value.wrapping_mul(980).wrapping_add(1)
}

fn helper_981(value: u64) -> u64 {
    value.wrapping_mul(981).wrapping_add(1)
}

fn helper_982(value: u64) -> u64 {
    value.wrapping_mul(982).wrapping_add(1)
}

fn helper_983(value: u64) -> u64 {
    value.wrapping_mul(983).wrapping_add(1)
}

fn helper_984(value: u64) -> u64 {
    value.wrapping_mul(984).wrapping_add(1)
}

fn helper_985(value: u64) -> u64 {
    value.wrapping_mul(985).wrapping_add(1)
}

fn helper_986(value: u64) -> u64 {
    value.wrapping_mul(986).wrapping_add(1)
}

fn helper_987(value: u64) -> u64 {
    value.wrapping_mul(987).wrapping_add(1)
}

fn helper_988(value: u64) -> u64 {
    value.wrapping_mul(988).wrapping_add(1)
}

fn helper_989(value: u64) -> u64 {
    value.wrapping_mul(989).wrapping_add(1)
}

fn helper_990(value: u64) -> u64 {
    value.wrapping_mul(990).wrapping_add(1)
}

fn helper_991(value: u64) -> u64 {
    value.wrapping_mul(991).wrapping_add(1)
}

fn helper_992(value: u64) -> u64 {
    value.wrapping_mul(992).wrapping_add(1)
}

fn helper_993(value: u64) -> u64 {
    value.wrapping_mul(993).wrapping_add(1)
}

fn helper_994(value: u64) -> u64 {
    value.wrapping_mul(994).wrapping_add(1)
}

fn helper_995(value: u64) -> u64 {
    value.wrapping_mul(995).wrapping_add(1)
}

fn helper_996(value: u64) -> u64 {
    value.wrapping_mul(996).wrapping_add(1)
}

fn helper_997(value: u64) -> u64 {
    value.wrapping_mul(997).wrapping_add(1)
}

fn helper_998(value: u64) -> u64 {
    value.wrapping_mul(998).wrapping_add(1)
}

fn helper_999(value: u64) -> u64 {
    value.wrapping_mul(999).wrapping_add(1)
}

fn helper_1000(value: u64) -> u64 {
    value.wrapping_mul(1000).wrapping_add(1)
}

fn helper_1001(value: u64) -> u64 {
    value.wrapping_mul(1001).wrapping_add(1)
}

fn helper_1002(value: u64) -> u64 {
    value.wrapping_mul(1002).wrapping_add(1)
}

fn helper_1003(value: u64) -> u64 {
    value.wrapping_mul(1003).wrapping_add(1)
}

fn helper_1004(value: u64) -> u64 {
    value.wrapping_mul(1004).wrapping_add(1)
}

fn helper_1005(value: u64) -> u64 {
    value.wrapping_mul(1005).wrapping_add(1)
}

fn helper_1006(value: u64) -> u64 {
    value.wrapping_mul(1006).wrapping_add(1)
}

fn helper_1007(value: u64) -> u64 {
    value.wrapping_mul(1007).wrapping_add(1)
}

fn helper_1008(value: u64) -> u64 {
    value.wrapping_mul(1008).wrapping_add(1)
}

fn helper_1009(value: u64) -> u64 {
    value.wrapping_mul(1009).wrapping_add(1)
}

fn helper_1010(value: u64) -> u64 {
    value.wrapping_mul(1010).wrapping_add(1)
}

fn helper_1011(value: u64) -> u64 {
    value.wrapping_mul(1011).wrapping_add(1)
}

fn helper_1012(value: u64) -> u64 {
    value.wrapping_mul(1012).wrapping_add(1)
}

fn helper_1013(value: u64) -> u64 {
    value.wrapping_mul(1013).wrapping_add(1)
}

fn helper_1014(value: u64) -> u64 {
    value.wrapping_mul(1014).wrapping_add(1)
}

fn helper_1015(value: u64) -> u64 {
    value.wrapping_mul(1015).wrapping_add(1)
}

fn helper_1016(value: u64) -> u64 {
    value.wrapping_mul(1016).wrapping_add(1)
}

fn helper_1017(value: u64) -> u64 {
    value.wrapping_mul(1017).wrapping_add(1)
}

fn helper_1018(value: u64) -> u64 {
    value.wrapping_mul(1018).wrapping_add(1)
}

fn helper_1019(value: u64) -> u64 {
    value.wrapping_mul(1019).wrapping_add(1)
}

fn helper_1020(value: u64) -> u64 {
    value.wrapping_mul(1020).wrapping_add(1)
}

fn helper_1021(value: u64) -> u64 {
    value.wrapping_mul(1021).wrapping_add(1)
}

fn helper_1022(value: u64) -> u64 {
    value.wrapping_mul(1022).wrapping_add(1)
}

fn helper_1023(value: u64) -> u64 {
    value.wrapping_mul(1023).wrapping_add(1)
}

fn helper_1024(value: u64) -> u64 {
    value.wrapping_mul(1024).wrapping_add(1)
}

fn helper_1025(value: u64) -> u64 {
    value.wrapping_mul(1025).wrapping_add(1)
}

fn helper_1026(value: u64) -> u64 {
    value.wrapping_mul(1026).wrapping_add(1)
}

fn helper_1027(value: u64) -> u64 {
    value.wrapping_mul(1027).wrapping_add(1)
}

fn helper_1028(value: u64) -> u64 {
    value.wrapping_mul(1028).wrapping_add(1)
}

fn helper_1029(value: u64) -> u64 {
    value.wrapping_mul(1029).wrapping_add(1)
}

fn helper_1030(value: u64) -> u64 {
    value.wrapping_mul(1030).wrapping_add(1)
}

fn helper_1031(value: u64) -> u64 {
    value.wrapping_mul(1031).wrapping_add(1)
}

fn helper_1032(value: u64) -> u64 {
    value.wrapping_mul(1032).wrapping_add(1)
}

fn helper_1033(value: u64) -> u64 {
    value.wrapping_mul(1033).wrapping_add(1)
}

fn helper_1034(value: u64) -> u64 {
    value.wrapping_mul(1034).wrapping_add(1)
}

fn helper_1035(value: u64) -> u64 {
    value.wrapping_mul(1035).wrapping_add(1)
}

fn helper_1036(value: u64) -> u64 {
    value.wrapping_mul(1036).wrapping_add(1)
}

fn helper_1037(value: u64) -> u64 {
    value.wrapping_mul(1037).wrapping_add(1)
}

fn helper_1038(value: u64) -> u64 {
    value.wrapping_mul(1038).wrapping_add(1)
}

fn helper_1039(value: u64) -> u64 {
    value.wrapping_mul(1039).wrapping_add(1)
}

fn helper_1040(value: u64) -> u64 {
    value.wrapping_mul(1040).wrapping_add(1)
}

fn helper_1041(value: u64) -> u64 {
    value.wrapping_mul(1041).wrapping_add(1)
}

fn helper_1042(value: u64) -> u64 {
    value.wrapping_mul(1042).wrapping_add(1)
}

fn helper_1043(value: u64) -> u64 {
    value.wrapping_mul(1043).wrapping_add(1)
}

fn helper_1044(value: u64) -> u64 {
    value.wrapping_mul(1044).wrapping_add(1)
}

fn helper_1045(value: u64) -> u64 {
    value.wrapping_mul(1045).wrapping_add(1)
}

fn helper_1046(value: u64) -> u64 {
    value.wrapping_mul(1046).wrapping_add(1)
}

fn helper_1047(value: u64) -> u64 {
    value.wrapping_mul(1047).wrapping_add(1)
}

fn helper_1048(value: u64) -> u64 {
    value.wrapping_mul(1048).wrapping_add(1)
}

fn helper_1049(value: u64) -> u64 {
    value.wrapping_mul(1049).wrapping_add(1)
}

fn helper_1050(value: u64) -> u64 {
    value.wrapping_mul(1050).wrapping_add(1)
}

fn helper_1051(value: u64) -> u64 {
    value.wrapping_mul(1051).wrapping_add(1)
}

fn helper_1052(value: u64) -> u64 {
    value.wrapping_mul(1052).wrapping_add(1)
}

fn helper_1053(value: u64) -> u64 {
    value.wrapping_mul(1053).wrapping_add(1)
}

fn helper_1054(value: u64) -> u64 {
    value.wrapping_mul(1054).wrapping_add(1)
}

fn helper_1055(value: u64) -> u64 {
    value.wrapping_mul(1055).wrapping_add(1)
}

fn helper_1056(value: u64) -> u64 {
    value.wrapping_mul(1056).wrapping_add(1)
}

fn helper_1057(value: u64) -> u64 {
    value.wrapping_mul(1057).wrapping_add(1)
}

fn helper_1058(value: u64) -> u64 {
    value.wrapping_mul(1058).wrapping_add(1)
}

fn helper_1059(value: u64) -> u64 {
    value.wrapping_mul(1059).wrapping_add(1)
}

fn helper_1060(value: u64) -> u64 {
    value.wrapping_mul(1060).wrapping_add(1)
}

fn helper_1061(value: u64) -> u64 {
    value.wrapping_mul(1061).wrapping_add(1)
}

fn helper_1062(value: u64) -> u64 {
    value.wrapping_mul(1062).wrapping_add(1)
}

fn helper_1063(value: u64) -> u64 {
    value.wrapping_mul(1063).wrapping_add(1)
}

fn helper_1064(value: u64) -> u64 {
    value.wrapping_mul(1064).wrapping_add(1)
}

fn helper_1065(value: u64) -> u64 {
    value.wrapping_mul(1065).wrapping_add(1)
}

fn helper_1066(value: u64) -> u64 {
    value.wrapping_mul(1066).wrapping_add(1)
}

fn helper_1067(value: u64) -> u64 {
    value.wrapping_mul(1067).wrapping_add(1)
}

fn helper_1068(value: u64) -> u64 {
    value.wrapping_mul(1068).wrapping_add(1)
}

fn helper_1069(value: u64) -> u64 {
    value.wrapping_mul(1069).wrapping_add(1)
}

fn helper_1070(value: u64) -> u64 {
    value.wrapping_mul(1070).wrapping_add(1)
}

fn helper_1071(value: u64) -> u64 {
    value.wrapping_mul(1071).wrapping_add(1)
}

fn helper_1072(value: u64) -> u64 {
    value.wrapping_mul(1072).wrapping_add(1)
}

fn helper_1073(value: u64) -> u64 {
    value.wrapping_mul(1073).wrapping_add(1)
}

fn helper_1074(value: u64) -> u64 {
    value.wrapping_mul(1074).wrapping_add(1)
}

fn helper_1075(value: u64) -> u64 {
    value.wrapping_mul(1075).wrapping_add(1)
}

fn helper_1076(value: u64) -> u64 {
    value.wrapping_mul(1076).wrapping_add(1)
}

fn helper_1077(value: u64) -> u64 {
    value.wrapping_mul(1077).wrapping_add(1)
}

fn helper_1078(value: u64) -> u64 {
    value.wrapping_mul(1078).wrapping_add(1)
}

fn helper_1079(value: u64) -> u64 {
    value.wrapping_mul(1079).wrapping_add(1)
}

fn helper_1080(value: u64) -> u64 {
    value.wrapping_mul(1080).wrapping_add(1)
}

fn helper_1081(value: u64) -> u64 {
    value.wrapping_mul(1081).wrapping_add(1)
}

fn helper_1082(value: u64) -> u64 {
    value.wrapping_mul(1082).wrapping_add(1)
}

fn helper_1083(value: u64) -> u64 {
    value.wrapping_mul(1083).wrapping_add(1)
}

fn helper_1084(value: u64) -> u64 {
    value.wrapping_mul(1084).wrapping_add(1)
}

fn helper_1085(value: u64) -> u64 {
    value.wrapping_mul(1085).wrapping_add(1)
}

fn helper_1086(value: u64) -> u64 {
    value.wrapping_mul(1086).wrapping_add(1)
}

fn helper_1087(value: u64) -> u64 {
    value.wrapping_mul(1087).wrapping_add(1)
}

fn helper_1088(value: u64) -> u64 {
    value.wrapping_mul(1088).wrapping_add(1)
}

fn helper_1089(value: u64) -> u64 {
    value.wrapping_mul(1089).wrapping_add(1)
}

fn helper_1090(value: u64) -> u64 {
    value.wrapping_mul(1090).wrapping_add(1)
}

fn helper_1091(value: u64) -> u64 {
    value.wrapping_mul(1091).wrapping_add(1)
}

fn helper_1092(value: u64) -> u64 {
    value.wrapping_mul(1092).wrapping_add(1)
}

fn helper_1093(value: u64) -> u64 {
    value.wrapping_mul(1093).wrapping_add(1)
}

fn helper_1094(value: u64) -> u64 {
    value.wrapping_mul(1094).wrapping_add(1)
}

fn helper_1095(value: u64) -> u64 {
    value.wrapping_mul(1095).wrapping_add(1)
}

fn helper_1096(value: u64) -> u64 {
    value.wrapping_mul(1096).wrapping_add(1)
}

fn helper_1097(value: u64) -> u64 {
    value.wrapping_mul(1097).wrapping_add(1)
}

fn helper_1098(value: u64) -> u64 {
    value.wrapping_mul(1098).wrapping_add(1)
}

fn helper_1099(value: u64) -> u64 {
    value.wrapping_mul(1099).wrapping_add(1)
}

fn helper_1100(value: u64) -> u64 {
    value.wrapping_mul(1100).wrapping_add(1)
}

fn helper_1101(value: u64) -> u64 {
    value.wrapping_mul(1101).wrapping_add(1)
}

fn helper_1102(value: u64) -> u64 {
    value.wrapping_mul(1102).wrapping_add(1)
}

fn helper_1103(value: u64) -> u64 {
    value.wrapping_mul(1103).wrapping_add(1)
}

fn helper_1104(value: u64) -> u64 {
    value.wrapping_mul(1104).wrapping_add(1)
}

fn helper_1105(value: u64) -> u64 {
    value.wrapping_mul(1105).wrapping_add(1)
}

fn helper_1106(value: u64) -> u64 {
    value.wrapping_mul(1106).wrapping_add(1)
}

fn helper_1107(value: u64) -> u64 {
    value.wrapping_mul(1107).wrapping_add(1)
}

fn helper_1108(value: u64) -> u64 {
    value.wrapping_mul(1108).wrapping_add(1)
}

fn helper_1109(value: u64) -> u64 {
    value.wrapping_mul(1109).wrapping_add(1)
}

fn helper_1110(value: u64) -> u64 {
    value.wrapping_mul(1110).wrapping_add(1)
}

fn helper_1111(value: u64) -> u64 {
    value.wrapping_mul(1111).wrapping_add(1)
}

fn helper_1112(value: u64) -> u64 {
    value.wrapping_mul(1112).wrapping_add(1)
}

fn helper_1113(value: u64) -> u64 {
    value.wrapping_mul(1113).wrapping_add(1)
}

fn helper_1114(value: u64) -> u64 {
    value.wrapping_mul(1114).wrapping_add(1)
}

fn helper_1115(value: u64) -> u64 {
    value.wrapping_mul(1115).wrapping_add(1)
}

fn helper_1116(value: u64) -> u64 {
    value.wrapping_mul(1116).wrapping_add(1)
}

fn helper_1117(value: u64) -> u64 {
    value.wrapping_mul(1117).wrapping_add(1)
}

fn helper_1118(value: u64) -> u64 {
    value.wrapping_mul(1118).wrapping_add(1)
}

fn helper_1119(value: u64) -> u64 {
    value.wrapping_mul(1119).wrapping_add(1)
}

fn helper_1120(value: u64) -> u64 {
    value.wrapping_mul(1120).wrapping_add(1)
}

fn helper_1121(value: u64) -> u64 {
    value.wrapping_mul(1121).wrapping_add(1)
}

fn helper_1122(value: u64) -> u64 {
    value.wrapping_mul(1122).wrapping_add(1)
}

fn helper_1123(value: u64) -> u64 {
    value.wrapping_mul(1123).wrapping_add(1)
}

fn helper_1124(value: u64) -> u64 {
    value.wrapping_mul(1124).wrapping_add(1)
}

fn helper_1125(value: u64) -> u64 {
    value.wrapping_mul(1125).wrapping_add(1)
}

fn helper_1126(value: u64) -> u64 {
    value.wrapping_mul(1126).wrapping_add(1)
}

fn helper_1127(value: u64) -> u64 {
    value.wrapping_mul(1127).wrapping_add(1)
}

fn helper_1128(value: u64) -> u64 {
    value.wrapping_mul(1128).wrapping_add(1)
}

fn helper_1129(value: u64) -> u64 {
    value.wrapping_mul(1129).wrapping_add(1)
}

fn helper_1130(value: u64) -> u64 {
    value.wrapping_mul(1130).wrapping_add(1)
}

fn helper_1131(value: u64) -> u64 {
    value.wrapping_mul(1131).wrapping_add(1)
}

fn helper_1132(value: u64) -> u64 {
    value.wrapping_mul(1132).wrapping_add(1)
}

fn helper_1133(value: u64) -> u64 {
    value.wrapping_mul(1133).wrapping_add(1)
}

fn helper_1134(value: u64) -> u64 {
    value.wrapping_mul(1134).wrapping_add(1)
}

fn helper_1135(value: u64) -> u64 {
    value.wrapping_mul(1135).wrapping_add(1)
}

fn helper_1136(value: u64) -> u64 {
    value.wrapping_mul(1136).wrapping_add(1)
}

fn helper_1137(value: u64) -> u64 {
    value.wrapping_mul(1137).wrapping_add(1)
}

fn helper_1138(value: u64) -> u64 {
    value.wrapping_mul(1138).wrapping_add(1)
}

fn helper_1139(value: u64) -> u64 {
    value.wrapping_mul(1139).wrapping_add(1)
}

fn helper_1140(value: u64) -> u64 {
    value.wrapping_mul(1140).wrapping_add(1)
}

fn helper_1141(value: u64) -> u64 {
    value.wrapping_mul(1141).wrapping_add(1)
}

fn helper_1142(value: u64) -> u64 {
    value.wrapping_mul(1142).wrapping_add(1)
}

fn helper_1143(value: u64) -> u64 {
    value.wrapping_mul(1143).wrapping_add(1)
}

fn helper_1144(value: u64) -> u64 {
    value.wrapping_mul(1144).wrapping_add(1)
}

fn helper_1145(value: u64) -> u64 {
    value.wrapping_mul(1145).wrapping_add(1)
}

fn helper_1146(value: u64) -> u64 {
    value.wrapping_mul(1146).wrapping_add(1)
}

fn helper_1147(value: u64) -> u64 {
    value.wrapping_mul(1147).wrapping_add(1)
}

fn helper_1148(value: u64) -> u64 {
    value.wrapping_mul(1148).wrapping_add(1)
}

fn helper_1149(value: u64) -> u64 {
    value.wrapping_mul(1149).wrapping_add(1)
}

fn helper_1150(value: u64) -> u64 {
    value.wrapping_mul(1150).wrapping_add(1)
}

fn helper_1151(value: u64) -> u64 {
    value.wrapping_mul(1151).wrapping_add(1)
}

fn helper_1152(value: u64) -> u64 {
    value.wrapping_mul(1152).wrapping_add(1)
}

fn helper_1153(value: u64) -> u64 {
    value.wrapping_mul(1153).wrapping_add(1)
}

fn helper_1154(value: u64) -> u64 {
    value.wrapping_mul(1154).wrapping_add(1)
}

fn helper_1155(value: u64) -> u64 {
    value.wrapping_mul(1155).wrapping_add(1)
}

fn helper_1156(value: u64) -> u64 {
    value.wrapping_mul(1156).wrapping_add(1)
}

fn helper_1157(value: u64) -> u64 {
    value.wrapping_mul(1157).wrapping_add(1)
}

fn helper_1158(value: u64) -> u64 {
    value.wrapping_mul(1158).wrapping_add(1)
}

fn helper_1159(value: u64) -> u64 {
    value.wrapping_mul(1159).wrapping_add(1)
}

fn helper_1160(value: u64) -> u64 {
    value.wrapping_mul(1160).wrapping_add(1)
}

fn helper_1161(value: u64) -> u64 {
    value.wrapping_mul(1161).wrapping_add(1)
}

fn helper_1162(value: u64) -> u64 {
    value.wrapping_mul(1162).wrapping_add(1)
}

fn helper_1163(value: u64) -> u64 {
    value.wrapping_mul(1163).wrapping_add(1)
}

fn helper_1164(value: u64) -> u64 {
    value.wrapping_mul(1164).wrapping_add(1)
}

fn helper_1165(value: u64) -> u64 {
    value.wrapping_mul(1165).wrapping_add(1)
}

fn helper_1166(value: u64) -> u64 {
    value.wrapping_mul(1166).wrapping_add(1)
}

fn helper_1167(value: u64) -> u64 {
    value.wrapping_mul(1167).wrapping_add(1)
}

fn helper_1168(value: u64) -> u64 {
    value.wrapping_mul(1168).wrapping_add(1)
}

fn helper_1169(value: u64) -> u64 {
    value.wrapping_mul(1169).wrapping_add(1)
}

fn helper_1170(value: u64) -> u64 {
    value.wrapping_mul(1170).wrapping_add(1)
}

fn helper_1171(value: u64) -> u64 {
    value.wrapping_mul(1171).wrapping_add(1)
}

fn helper_1172(value: u64) -> u64 {
    value.wrapping_mul(1172).wrapping_add(1)
}

fn helper_1173(value: u64) -> u64 {
    value.wrapping_mul(1173).wrapping_add(1)
}

fn helper_1174(value: u64) -> u64 {
    value.wrapping_mul(1174).wrapping_add(1)
}

fn helper_1175(value: u64) -> u64 {
    value.wrapping_mul(1175).wrapping_add(1)
}

fn helper_1176(value: u64) -> u64 {
    value.wrapping_mul(1176).wrapping_add(1)
}

fn helper_1177(value: u64) -> u64 {
    value.wrapping_mul(1177).wrapping_add(1)
}

fn helper_1178(value: u64) -> u64 {
    value.wrapping_mul(1178).wrapping_add(1)
}

fn helper_1179(value: u64) -> u64 {
    value.wrapping_mul(1179).wrapping_add(1)
}

fn helper_1180(value: u64) -> u64 {
    value.wrapping_mul(1180).wrapping_add(1)
}

fn helper_1181(value: u64) -> u64 {
    value.wrapping_mul(1181).wrapping_add(1)
}

fn helper_1182(value: u64) -> u64 {
    value.wrapping_mul(1182).wrapping_add(1)
}

fn helper_1183(value: u64) -> u64 {
    value.wrapping_mul(1183).wrapping_add(1)
}

fn helper_1184(value: u64) -> u64 {
    value.wrapping_mul(1184).wrapping_add(1)
}

fn helper_1185(value: u64) -> u64 {
    value.wrapping_mul(1185).wrapping_add(1)
}

fn helper_1186(value: u64) -> u64 {
    value.wrapping_mul(1186).wrapping_add(1)
}

fn helper_1187(value: u64) -> u64 {
    value.wrapping_mul(1187).wrapping_add(1)
}

fn helper_1188(value: u64) -> u64 {
    value.wrapping_mul(1188).wrapping_add(1)
}

fn helper_1189(value: u64) -> u64 {
    value.wrapping_mul(1189).wrapping_add(1)
}

fn helper_1190(value: u64) -> u64 {
    value.wrapping_mul(1190).wrapping_add(1)
}

fn helper_1191(value: u64) -> u64 {
    value.wrapping_mul(1191).wrapping_add(1)
}

fn helper_1192(value: u64) -> u64 {
    value.wrapping_mul(1192).wrapping_add(1)
}

fn helper_1193(value: u64) -> u64 {
    value.wrapping_mul(1193).wrapping_add(1)
}

fn helper_1194(value: u64) -> u64 {
    value.wrapping_mul(1194).wrapping_add(1)
}

fn helper_1195(value: u64) -> u64 {
    value.wrapping_mul(1195).wrapping_add(1)
}

fn helper_1196(value: u64) -> u64 {
    value.wrapping_mul(1196).wrapping_add(1)
}

fn helper_1197(value: u64) -> u64 {
    value.wrapping_mul(1197).wrapping_add(1)
}

fn helper_1198(value: u64) -> u64 {
    value.wrapping_mul(1198).wrapping_add(1)
}

fn helper_1199(value: u64) -> u64 {
    value.wrapping_mul(1199).wrapping_add(1)
}

/// All helpers, one after the other.
pub fn all_helpers(value: u64) -> u64 {
    let helpers: [fn(u64) -> u64; 1200] = [helper_0, helper_1, helper_2, helper_3, helper_4, helper_5, helper_6, helper_7, helper_8, helper_9, helper_10, helper_11, helper_12, helper_13, helper_14, helper_15, helper_16, helper_17, helper_18, helper_19, helper_20, helper_21, helper_22, helper_23, helper_24, helper_25, helper_26, helper_27, helper_28, helper_29, helper_30, helper_31, helper_32, helper_33, helper_34, helper_35, helper_36, helper_37, helper_38, helper_39, helper_40, helper_41, helper_42, helper_43, helper_44, helper_45, helper_46, helper_47, helper_48, helper_49, helper_50, helper_51, helper_52, helper_53, helper_54, helper_55, helper_56, helper_57, helper_58, helper_59, helper_60, helper_61, helper_62, helper_63, helper_64, helper_65, helper_66, helper_67, helper_68, helper_69, helper_70, helper_71, helper_72, helper_73, helper_74, helper_75, helper_76, helper_77, helper_78, helper_79, helper_80, helper_81, helper_82, helper_83, helper_84, helper_85, helper_86, helper_87, helper_88, helper_89, helper_90, helper_91, helper_92, helper_93, helper_94, helper_95, helper_96, helper_97, helper_98, helper_99, helper_100, helper_101, helper_102, helper_103, helper_104, helper_105, helper_106, helper_107, helper_108, helper_109, helper_110, helper_111, helper_112, helper_113, helper_114, helper_115, helper_116, helper_117, helper_118, helper_119, helper_120, helper_121, helper_122, helper_123, helper_124, helper_125, helper_126, helper_127, helper_128, helper_129, helper_130, helper_131, helper_132, helper_133, helper_134, helper_135, helper_136, helper_137, helper_138, helper_139, helper_140, helper_141, helper_142, helper_143, helper_144, helper_145, helper_146, helper_147, helper_148, helper_149, helper_150, helper_151, helper_152, helper_153, helper_154, helper_155, helper_156, helper_157, helper_158, helper_159, helper_160, helper_161, helper_162, helper_163, helper_164, helper_165, helper_166, helper_167, helper_168, helper_169, helper_170, helper_171, helper_172, helper_173, helper_174, helper_175, helper_176, helper_177, helper_178, helper_179, helper_180, helper_181, helper_182, helper_183, helper_184, helper_185, helper_186, helper_187, helper_188, helper_189, helper_190, helper_191, helper_192, helper_193, helper_194, helper_195, helper_196, helper_197, helper_198, helper_199, helper_200, helper_201, helper_202, helper_203, helper_204, helper_205, helper_206, helper_207, helper_208, helper_209, helper_210, helper_211, helper_212, helper_213, helper_214, helper_215, helper_216, helper_217, helper_218, helper_219, helper_220, helper_221, helper_222, helper_223, helper_224, helper_225, helper_226, helper_227, helper_228, helper_229, helper_230, helper_231, helper_232, helper_233, helper_234, helper_235, helper_236, helper_237, helper_238, helper_239, helper_240, helper_241, helper_242, helper_243, helper_244, helper_245, helper_246, helper_247, helper_248, helper_249, helper_250, helper_251, helper_252, helper_253, helper_254, helper_255, helper_256, helper_257, helper_258, helper_259, helper_260, helper_261, helper_262, helper_263, helper_264, helper_265, helper_266, helper_267, helper_268, helper_269, helper_270, helper_271, helper_272, helper_273, helper_274, helper_275, helper_276, helper_277, helper_278, helper_279, helper_280, helper_281, helper_282, helper_283, helper_284, helper_285, helper_286, helper_287, helper_288, helper_289, helper_290, helper_291, helper_292, helper_293, helper_294, helper_295, helper_296, helper_297, helper_298, helper_299, helper_300, helper_301, helper_302, helper_303, helper_304, helper_305, helper_306, helper_307, helper_308, helper_309, helper_310, helper_311, helper_312, helper_313, helper_314, helper_315, helper_316, helper_317, helper_318, helper_319, helper_320, helper_321, helper_322, helper_323, helper_324, helper_325, helper_326, helper_327, helper_328, helper_329, helper_330, helper_331, helper_332, helper_333, helper_334, helper_335, helper_336, helper_337, helper_338, helper_339, helper_340, helper_341, helper_342, helper_343, helper_344, helper_345, helper_346, helper_347, helper_348, helper_349, helper_350, helper_351, helper_352, helper_353, helper_354, helper_355, helper_356, helper_357, helper_358, helper_359, helper_360, helper_361, helper_362, helper_363, helper_364, helper_365, helper_366, helper_367, helper_368, helper_369, helper_370, helper_371, helper_372, helper_373, helper_374, helper_375, helper_376, helper_377, helper_378, helper_379, helper_380, helper_381, helper_382, helper_383, helper_384, helper_385, helper_386, helper_387, helper_388, helper_389, helper_390, helper_391, helper_392, helper_393, helper_394, helper_395, helper_396, helper_397, helper_398, helper_399, helper_400, helper_401, helper_402, helper_403, helper_404, helper_405, helper_406, helper_407, helper_408, helper_409, helper_410, helper_411, helper_412, helper_413, helper_414, helper_415, helper_416, helper_417, helper_418, helper_419, helper_420, helper_421, helper_422, helper_423, helper_424, helper_425, helper_426, helper_427, helper_428, helper_429, helper_430, helper_431, helper_432, helper_433, helper_434, helper_435, helper_436, helper_437, helper_438, helper_439, helper_440, helper_441, helper_442, helper_443, helper_444, helper_445, helper_446, helper_447, helper_448, helper_449, helper_450, helper_451, helper_452, helper_453, helper_454, helper_455, helper_456, helper_457, helper_458, helper_459, helper_460, helper_461, helper_462, helper_463, helper_464, helper_465, helper_466, helper_467, helper_468, helper_469, helper_470, helper_471, helper_472, helper_473, helper_474, helper_475, helper_476, helper_477, helper_478, helper_479, helper_480, helper_481, helper_482, helper_483, helper_484, helper_485, helper_486, helper_487, helper_488, helper_489, helper_490, helper_491, helper_492, helper_493, helper_494, helper_495, helper_496, helper_497, helper_498, helper_499, helper_500, helper_501, helper_502, helper_503, helper_504, helper_505, helper_506, helper_507, helper_508, helper_509, helper_510, helper_511, helper_512, helper_513, helper_514, helper_515, helper_516, helper_517, helper_518, helper_519, helper_520, helper_521, helper_522, helper_523, helper_524, helper_525, helper_526, helper_527, helper_528, helper_529, helper_530, helper_531, helper_532, helper_533, helper_534, helper_535, helper_536, helper_537, helper_538, helper_539, helper_540, helper_541, helper_542, helper_543, helper_544, helper_545, helper_546, helper_547, helper_548, helper_549, helper_550, helper_551, helper_552, helper_553, helper_554, helper_555, helper_556, helper_557, helper_558, helper_559, helper_560, helper_561, helper_562, helper_563, helper_564, helper_565, helper_566, helper_567, helper_568, helper_569, helper_570, helper_571, helper_572, helper_573, helper_574, helper_575, helper_576, helper_577, helper_578, helper_579, helper_580, helper_581, helper_582, helper_583, helper_584, helper_585, helper_586, helper_587, helper_588, helper_589, helper_590, helper_591, helper_592, helper_593, helper_594, helper_595, helper_596, helper_597, helper_598, helper_599, helper_600, helper_601, helper_602, helper_603, helper_604, helper_605, helper_606, helper_607, helper_608, helper_609, helper_610, helper_611, helper_612, helper_613, helper_614, helper_615, helper_616, helper_617, helper_618, helper_619, helper_620, helper_621, helper_622, helper_623, helper_624, helper_625, helper_626, helper_627, helper_628, helper_629, helper_630, helper_631, helper_632, helper_633, helper_634, helper_635, helper_636, helper_637, helper_638, helper_639, helper_640, helper_641, helper_642, helper_643, helper_644, helper_645, helper_646, helper_647, helper_648, helper_649, helper_650, helper_651, helper_652, helper_653, helper_654, helper_655, helper_656, helper_657, helper_658, helper_659, helper_660, helper_661, helper_662, helper_663, helper_664, helper_665, helper_666, helper_667, helper_668, helper_669, helper_670, helper_671, helper_672, helper_673, helper_674, helper_675, helper_676, helper_677, helper_678, helper_679, helper_680, helper_681, helper_682, helper_683, helper_684, helper_685, helper_686, helper_687, helper_688, helper_689, helper_690, helper_691, helper_692, helper_693, helper_694, helper_695, helper_696, helper_697, helper_698, helper_699, helper_700, helper_701, helper_702, helper_703, helper_704, helper_705, helper_706, helper_707, helper_708, helper_709, helper_710, helper_711, helper_712, helper_713, helper_714, helper_715, helper_716, helper_717, helper_718, helper_719, helper_720, helper_721, helper_722, helper_723, helper_724, helper_725, helper_726, helper_727, helper_728, helper_729, helper_730, helper_731, helper_732, helper_733, helper_734, helper_735, helper_736, helper_737, helper_738, helper_739, helper_740, helper_741, helper_742, helper_743, helper_744, helper_745, helper_746, helper_747, helper_748, helper_749, helper_750, helper_751, helper_752, helper_753, helper_754, helper_755, helper_756, helper_757, helper_758, helper_759, helper_760, helper_761, helper_762, helper_763, helper_764, helper_765, helper_766, helper_767, helper_768, helper_769, helper_770, helper_771, helper_772, helper_773, helper_774, helper_775, helper_776, helper_777, helper_778, helper_779, helper_780, helper_781, helper_782, helper_783, helper_784, helper_785, helper_786, helper_787, helper_788, helper_789, helper_790, helper_791, helper_792, helper_793, helper_794, helper_795, helper_796, helper_797, helper_798, helper_799, helper_800, helper_801, helper_802, helper_803, helper_804, helper_805, helper_806, helper_807, helper_808, helper_809, helper_810, helper_811, helper_812, helper_813, helper_814, helper_815, helper_816, helper_817, helper_818, helper_819, helper_820, helper_821, helper_822, helper_823, helper_824, helper_825, helper_826, helper_827, helper_828, helper_829, helper_830, helper_831, helper_832, helper_833, helper_834, helper_835, helper_836, helper_837, helper_838, helper_839, helper_840, helper_841, helper_842, helper_843, helper_844, helper_845, helper_846, helper_847, helper_848, helper_849, helper_850, helper_851, helper_852, helper_853, helper_854, helper_855, helper_856, helper_857, helper_858, helper_859, helper_860, helper_861, helper_862, helper_863, helper_864, helper_865, helper_866, helper_867, helper_868, helper_869, helper_870, helper_871, helper_872, helper_873, helper_874, helper_875, helper_876, helper_877, helper_878, helper_879, helper_880, helper_881, helper_882, helper_883, helper_884, helper_885, helper_886, helper_887, helper_888, helper_889, helper_890, helper_891, helper_892, helper_893, helper_894, helper_895, helper_896, helper_897, helper_898, helper_899, helper_900, helper_901, helper_902, helper_903, helper_904, helper_905, helper_906, helper_907, helper_908, helper_909, helper_910, helper_911, helper_912, helper_913, helper_914, helper_915, helper_916, helper_917, helper_918, helper_919, helper_920, helper_921, helper_922, helper_923, helper_924, helper_925, helper_926, helper_927, helper_928, helper_929, helper_930, helper_931, helper_932, helper_933, helper_934, helper_935, helper_936, helper_937, helper_938, helper_939, helper_940, helper_941, helper_942, helper_943, helper_944, helper_945, helper_946, helper_947, helper_948, helper_949, helper_950, helper_951, helper_952, helper_953, helper_954, helper_955, helper_956, helper_957, helper_958, helper_959, helper_960, helper_961, helper_962, helper_963, helper_964, helper_965, helper_966, helper_967, helper_968, helper_969, helper_970, helper_971, helper_972, helper_973, helper_974, helper_975, helper_976, helper_977, helper_978, helper_979, helper_980, helper_981, helper_982, helper_983, helper_984, helper_985, helper_986, helper_987, helper_988, helper_989, helper_990, helper_991, helper_992, helper_993, helper_994, helper_995, helper_996, helper_997, helper_998, helper_999, helper_1000, helper_1001, helper_1002, helper_1003, helper_1004, helper_1005, helper_1006, helper_1007, helper_1008, helper_1009, helper_1010, helper_1011, helper_1012, helper_1013, helper_1014, helper_1015, helper_1016, helper_1017, helper_1018, helper_1019, helper_1020, helper_1021, helper_1022, helper_1023, helper_1024, helper_1025, helper_1026, helper_1027, helper_1028, helper_1029, helper_1030, helper_1031, helper_1032, helper_1033, helper_1034, helper_1035, helper_1036, helper_1037, helper_1038, helper_1039, helper_1040, helper_1041, helper_1042, helper_1043, helper_1044, helper_1045, helper_1046, helper_1047, helper_1048, helper_1049, helper_1050, helper_1051, helper_1052, helper_1053, helper_1054, helper_1055, helper_1056, helper_1057, helper_1058, helper_1059, helper_1060, helper_1061, helper_1062, helper_1063, helper_1064, helper_1065, helper_1066, helper_1067, helper_1068, helper_1069, helper_1070, helper_1071, helper_1072, helper_1073, helper_1074, helper_1075, helper_1076, helper_1077, helper_1078, helper_1079, helper_1080, helper_1081, helper_1082, helper_1083, helper_1084, helper_1085, helper_1086, helper_1087, helper_1088, helper_1089, helper_1090, helper_1091, helper_1092, helper_1093, helper_1094, helper_1095, helper_1096, helper_1097, helper_1098, helper_1099, helper_1100, helper_1101, helper_1102, helper_1103, helper_1104, helper_1105, helper_1106, helper_1107, helper_1108, helper_1109, helper_1110, helper_1111, helper_1112, helper_1113, helper_1114, helper_1115, helper_1116, helper_1117, helper_1118, helper_1119, helper_1120, helper_1121, helper_1122, helper_1123, helper_1124, helper_1125, helper_1126, helper_1127, helper_1128, helper_1129, helper_1130, helper_1131, helper_1132, helper_1133, helper_1134, helper_1135, helper_1136, helper_1137, helper_1138, helper_1139, helper_1140, helper_1141, helper_1142, helper_1143, helper_1144, helper_1145, helper_1146, helper_1147, helper_1148, helper_1149, helper_1150, helper_1151, helper_1152, helper_1153, helper_1154, helper_1155, helper_1156, helper_1157, helper_1158, helper_1159, helper_1160, helper_1161, helper_1162, helper_1163, helper_1164, helper_1165, helper_1166, helper_1167, helper_1168, helper_1169, helper_1170, helper_1171, helper_1172, helper_1173, helper_1174, helper_1175, helper_1176, helper_1177, helper_1178, helper_1179, helper_1180, helper_1181, helper_1182, helper_1183, helper_1184, helper_1185, helper_1186, helper_1187, helper_1188, helper_1189, helper_1190, helper_1191, helper_1192, helper_1193, helper_1194, helper_1195, helper_1196, helper_1197, helper_1198, helper_1199];
    helpers.iter().fold(value, |value, helper| helper(value))
}
