// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// Polynomials over t - node for `Count` intervals: coefficients of the powers from 0 up, that
/// of the first less one if the table says so.

/// erfc(t) e^(t^2).
template <int Count>
struct erfc_tail_pieces;
template <>
struct erfc_tail_pieces<16> {
  // up to 30.0, error 2^-58.4
  static constexpr double offset = 2.0;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr double node[16] = {
      0x1.efp-3,   0x1.7bp-1,   0x1.4p+0,    0x1.c27p+0,  0x1.3f4p+1,  0x1.c038p+1,
      0x1.200cp+2, 0x1.5fbcp+2, 0x1.c01p+2,  0x1.2034p+3, 0x1.5feep+3, 0x1.9fd8p+3,
      0x1.ffb2p+3, 0x1.4p+4,    0x1.8019p+4, 0x1.bfe1p+4};
  alignas(64) static constexpr double coefficients[16][16] = {
      {0x1.8d98c7a63f0e3p-1, 0x1.05673d59b8ffdp-1, 0x1.78a692138767ap-2, 0x1.228a2a2f3987ap-2,
       0x1.b0a0177ede774p-3, 0x1.3de5972b453f4p-3, 0x1.f59ea620c463fp-4, 0x1.9dd80ecc7a5b2p-4,
       0x1.46d0fa047d4c1p-4, 0x1.fe11c676b75d7p-5, 0x1.a289001f26654p-5, 0x1.629db24091236p-5,
       0x1.2079a3d7e0228p-5, 0x1.cd9bc89b73548p-6, 0x1.80b8e798a33f5p-6, 0x1.4a02acefa89eap-6},
      {-0x1.81884f85b6728p-1, -0x1.7d762468fd15dp-2, -0x1.abaacdbfa8b07p-3, -0x1.0a13bdbb6e904p-3,
       -0x1.31ba25dae3fb6p-4, -0x1.523974388c7ccp-5, -0x1.aa1d76759e7ffp-6, -0x1.23f86263301adp-6,
       -0x1.6e31dc35f82c7p-7, -0x1.bfa7933a83a2ap-8, -0x1.2dfbbfc0698e8p-8, -0x1.b2110341aad3cp-9,
       -0x1.1f87687eeeecap-9, -0x1.705e8c068805p-10, -0x1.fff253029ae41p-11, -0x1.78c6df7575d4p-11},
      {0x1.3069f56dcd954p-1, 0x1.e0df0d7f754ffp-3, 0x1.b56f45eef7e58p-4, 0x1.c3a4e0dfe2d55p-5,
       0x1.9ae59e4d2d407p-6, 0x1.5ce53311422b5p-7, 0x1.629877ae49092p-8, 0x1.9602afc751e1dp-9,
       0x1.9679f1989d59cp-10, 0x1.8694b2bed8eecp-11, 0x1.b20a1508645a8p-12, 0x1.08e477bbbc58ap-12,
       0x1.1e08f9dc8c447p-13, 0x1.259993494e472p-14, 0x1.54540342e75e5p-15, 0x1.ade5cda487144p-16},
      {-0x1.9ff0ef1a65d7cp-2, -0x1.0f4f72e2c08dfp-3, -0x1.9b635ac624ad5p-5, -0x1.67820f57ba18fp-6,
       -0x1.0819302018cp-7, -0x1.5dc7efa93226fp-9, -0x1.21635c7f57184p-10, -0x1.165f28755b5ep-11,
       -0x1.bf1380259edc2p-13, -0x1.52d352957855ep-14, -0x1.36b137209e9dp-15,
       -0x1.4261766f5db35p-16, -0x1.1c0155a22bc25p-17, -0x1.d36fe3dd900ebp-19,
       -0x1.c417e29312b0dp-20, -0x1.ea327e88413c6p-21},
      {0x1.fc4b8f1119b35p-3, 0x1.1809bdf49bc36p-4, 0x1.68a25a6641f0fp-6, 0x1.0eb9d9e0da292p-7,
       0x1.4630d424988b1p-9, 0x1.557ffbf7fe20ep-11, 0x1.cfb1ef6b11561p-13, 0x1.789c96cb36ccfp-14,
       0x1.e75d1b7623df5p-16, 0x1.24445d3d66256p-17, 0x1.bb106c5aa36dp-19, 0x1.873b8f4075246p-20,
       0x1.197437361ac6fp-21, 0x1.73a4ded43df03p-23, 0x1.2c062a092b4ddp-24, 0x1.174cfbf73f60ep-25},
      {-0x1.1b9c71336af94p-3, -0x1.0c42f2ed8ce2fp-5, -0x1.299636d6c5889p-7, -0x1.8444c7049d4cp-9,
       -0x1.8486589e944aap-11, -0x1.4543d46a835bp-13, -0x1.6d052ec670e2fp-15, -0x1.f6f3c22ade34p-17,
       -0x1.07570f781c907p-18, -0x1.f568c2b0f8a86p-21, -0x1.3ab33e05e31f5p-22,
       -0x1.d97447463905bp-24, -0x1.16660cfd7f2edp-25, -0x1.271eee81079d3p-27,
       -0x1.8ddf2292441b9p-29, -0x1.3e1321aa9c2dfp-30},
      {0x1.252a14ce00b5ap-4, 0x1.e1ffe6c893063p-7, 0x1.d1b695aac3b75p-9, 0x1.0a7dc264281bcp-10,
       0x1.bfa2fb668be9ap-13, 0x1.2eb04e534c687p-15, 0x1.1a8ff848bf2f7p-17, 0x1.4ba891e5ac1d2p-19,
       0x1.1a2dca21fdf32p-21, 0x1.abc083ae687a2p-24, 0x1.bd59477bfeb8cp-26, 0x1.1dadbcd40f507p-27,
       0x1.12dbec33bb10ep-29, 0x1.d42321f889ff5p-32, 0x1.07972430128cdp-33, 0x1.6a00e35613ffp-35},
      {-0x1.1ba30cec42c7dp-5, -0x1.9949a3a433e7ep-8, -0x1.5b8bc94c660f5p-10, -0x1.5f96bf3724d22p-12,
       -0x1.f426276072b91p-15, -0x1.13945e2b2fa31p-17, -0x1.ae7fbd52ac274p-20,
       -0x1.b02539ec3df6p-22, -0x1.2bdea7de92004p-24, -0x1.6af31a77203cep-27,
       -0x1.39ee6e5079333p-29, -0x1.57cc82bc24aaep-31, -0x1.0edb837230af7p-33,
       -0x1.72d795a1b8907p-36, -0x1.5cf6046099fbp-38, -0x1.9bbd7ca497e47p-40},
      {0x1.02e3104366888p-6, 0x1.4a83e55fda698p-9, 0x1.f0fe6fa38ae29p-12, 0x1.bf563b777c8f1p-14,
       0x1.0f8d608fdef22p-16, 0x1.eb82bcde0384ap-20, 0x1.42f0363ac3ca4p-22, 0x1.1642f81d39941p-24,
       0x1.3c1981f938bbp-27, 0x1.3254c803d05ffp-30, 0x1.b8f051f815733p-33, 0x1.9c9ba54d8ccecp-35,
       0x1.0a6b0aa43a479p-37, 0x1.2569bb49f91a7p-40, 0x1.cd96e4524f09cp-43, 0x1.d4043f0edbd48p-45},
      {-0x1.c09f892d830b7p-8, -0x1.fe25e9310502dp-11, -0x1.55c07d189a614p-13,
       -0x1.1339a47a8ae83p-15, -0x1.1f1e6333b02p-18, -0x1.adc92a1d3267p-22, -0x1.dd66229084a79p-25,
       -0x1.624ea013ede1dp-27, -0x1.4a949966990cfp-30, -0x1.0131c1e13c816p-33,
       -0x1.34860872323ebp-36, -0x1.edd73bc9e0b19p-39, -0x1.05913b2cc1009p-41,
       -0x1.cfbdd6287cb94p-45, -0x1.3106bf2ff15cfp-47, -0x1.09d36b66d8716p-49},
      {0x1.72d8e31e17d05p-9, 0x1.79c5ece10dc7cp-12, 0x1.c5704c211f94ap-15, 0x1.4853d0a45072bp-17,
       0x1.2814610219e24p-20, 0x1.70d91f845a7c5p-24, 0x1.5be3d48913129p-27, 0x1.be32ecab8d6d8p-30,
       0x1.5710604a01355p-33, 0x1.ada87ed07ff6dp-37, 0x1.ae2c2f30d05e5p-40, 0x1.26bc36c46633ep-42,
       0x1.00562674631b7p-45, 0x1.6e08f3e64e869p-49, 0x1.92cb41c35fd86p-52, 0x1.2dc7f0fd1a08ep-54},
      {-0x1.25acbd3b5d034p-10, -0x1.0d53d722a1d6cp-13, -0x1.22fc4cdeebfd9p-16,
       -0x1.7c8303b6556fdp-19, -0x1.2a31d1dc63ccep-22, -0x1.36f2aab58779bp-26,
       -0x1.f421843998344p-30, -0x1.15f9cd036d12cp-32, -0x1.6153066faef24p-36,
       -0x1.651065f488a5dp-40, -0x1.2acf8efbed8b5p-43, -0x1.5eddae88d0358p-46,
       -0x1.f57d9d99a762cp-50, -0x1.209148ead4adbp-53, -0x1.09b9a4938199bp-56,
       -0x1.5662a75e04f76p-59},
      {0x1.bf0053c6dbf85p-12, 0x1.72b52cce7bb29p-15, 0x1.6a0a03aa8bddp-18, 0x1.ad26adca94a3ep-21,
       0x1.25637a9b7f558p-24, 0x1.018c8e5796e8ap-28, 0x1.62aa24913ea1cp-32, 0x1.56b6270f95407p-35,
       0x1.68aa2560d87ecp-39, 0x1.270fb848beedep-43, 0x1.9d83ccd986871p-47, 0x1.a0818e65ff59dp-50,
       0x1.e9094760d5041p-54, 0x1.c633c3e62db45p-58, 0x1.5e36944307914p-61, 0x1.8427e0eea25dap-64},
      {-0x1.486f16c285f79p-13, -0x1.ee683662ae62ap-17, -0x1.b5ac457786248p-20,
       -0x1.d79d69037595dp-23, -0x1.1b33040ea3476p-26, -0x1.a3e62ce2edc91p-31,
       -0x1.f0c5f8af06e9fp-35, -0x1.a26d9f642762p-38, -0x1.6e02c22071daap-42,
       -0x1.e5659dd8978d8p-47, -0x1.1d3940275e5d3p-50, -0x1.ed40d2907507ep-54,
       -0x1.dcda17ee09368p-58, -0x1.653962933d8abp-62, -0x1.cd42dd25e447ap-66,
       -0x1.b7dd0eacf5b8fp-69},
      {0x1.ddedaeb54b6e2p-15, 0x1.462f62da5253cp-18, 0x1.06619375fc922p-21, 0x1.0126022b050b2p-24,
       0x1.19308d72776dfp-28, 0x1.5daa5095da401p-33, 0x1.6137872c8aa9bp-37, 0x1.023389df8267bp-40,
       0x1.87a92d4ae9d7p-45, 0x1.9d98550635a01p-50, 0x1.9311ab2ae432bp-54, 0x1.29447c30e39c4p-57,
       0x1.eabe5a9ee34b4p-62, 0x1.231b3cbc40b62p-66, 0x1.37712db39be8ep-70, 0x1.fb97abc1b1f6ep-74},
      {-0x1.3aeaea90776bap-16, -0x1.87aa4e095439ap-20, -0x1.2c9ab5180fab7p-23,
       -0x1.17da923034a22p-26, -0x1.fe4740ef6b3d2p-31, -0x1.1585c36d4d6e8p-35,
       -0x1.e3776b819572bp-40, -0x1.323064f178e3cp-43, -0x1.88518fe96fc01p-48,
       -0x1.5430b73f2f2c7p-53, -0x1.133d8fe774ce8p-57, -0x1.5c43ef0d0af43p-61,
       -0x1.d8686813bc341p-66, -0x1.c8c7f3684cc57p-71, -0x1.9b131a7966798p-75,
       -0x1.1e1349f4ef579p-78},
  };
};

/// normal_cdf(-t) e^(t^2 / 2).
template <int Count>
struct normal_tail_pieces;
template <>
struct normal_tail_pieces<16> {
  // up to 60.0, error 2^-58.2
  static constexpr double offset = 4.0;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr double node[16] = {
      0x1.fff7p+4, 0x1.40088p+5, 0x1.7ffd8p+5, 0x1.c00ep+5, 0x1.012p-1,  0x1.7ffp+0,
      0x1.3efp+1,  0x1.c05p+1,   0x1.4048p+2,  0x1.c064p+2, 0x1.1fb2p+3, 0x1.602p+3,
      0x1.c03ap+3, 0x1.1ff6p+4,  0x1.6009p+4,  0x1.a007p+4};
  alignas(64) static constexpr double coefficients[17][16] = {
      {0x1.9825a779b369ap-7, 0x1.46936761f98f8p-7, 0x1.103bc43251eafp-7, 0x1.d2abb8b1f537fp-8,
       0x1.6581878a41dacp-2, 0x1.a57be3e0fc5ecp-3, 0x1.223953c2052cp-3, 0x1.b352937866969p-4,
       0x1.3acdaf3532fcp-4, 0x1.c97ecdef94c0ep-5, 0x1.672bb9ec81a72p-5, 0x1.269a7477afd53p-5,
       0x1.d04c2a682067bp-6, 0x1.6a107c7ca407cp-6, 0x1.2876b01993cedp-6, 0x1.f60441c29fe41p-7},
      {-0x1.9761b4067c40ep-12, -0x1.04e87772c37d2p-12, -0x1.6aac3998136dcp-13,
       -0x1.0a777bffb312bp-13, -0x1.c9f4ed37c9654p-3, -0x1.71d250ce94977p-4, -0x1.77883b9dd89c4p-5,
       -0x1.b580d4cded143p-6, -0x1.d555cc2f96763p-7, -0x1.f70111da1c4ddp-8, -0x1.38245975e6217p-8,
       -0x1.a58fe51154f63p-9, -0x1.068ac0ac9f518p-9, -0x1.3febd5e7bab93p-10, -0x1.ad69dbce84f1ap-11,
       -0x1.34018076a518ap-11},
      {0x1.963955c28bd5bp-17, 0x1.a0a16a378e60cp-18, 0x1.e2f2bc5ab5a63p-19, 0x1.3034a6cf6dd0dp-19,
       0x1.e506feb32fa19p-4, 0x1.20536bb126c3ap-5, 0x1.c25d76f84d2b6p-7, 0x1.a1ebe917b7beap-8,
       0x1.5360f86be40f7p-9, 0x1.0fba01b3f6348p-10, 0x1.0c3e0b6415b35p-11, 0x1.2b4b7f5d15a7fp-12,
       0x1.277772989f3e4p-13, 0x1.19d5872682572p-14, 0x1.365c9f3b475ffp-15, 0x1.7964f7505d83p-16},
      {-0x1.94adb298738f7p-22, -0x1.4c71056836bfdp-23, -0x1.416ab3e706afep-24,
       -0x1.5b2dde11aa7b9p-25, -0x1.c03904c47978p-5, -0x1.99a2070d8d7acp-7, -0x1.fa9b0f89ec36p-9,
       -0x1.7db09544032e5p-10, -0x1.dd36c41e75ce5p-12, -0x1.20b9c24576e7fp-13,
       -0x1.c80beccbb3ba7p-15, -0x1.a5c76ae74216ep-16, -0x1.4aebf5083afe7p-17,
       -0x1.ef1577ca658a4p-19, -0x1.bfba679bd01aap-20, -0x1.cdbe2ff4b133fp-21},
      {0x1.92c037bbf49e6p-27, 0x1.0919b49bfb3dcp-28, 0x1.aba415dabfd18p-30, 0x1.8c18fb98a43f5p-31,
       0x1.747aad78ba08dp-6, 0x1.0d7a1f285bd7fp-8, 0x1.0d935f44b59e1p-10, 0x1.4ed70b9389568p-12,
       0x1.46dd112a315ecp-14, 0x1.2df136f3c9887p-16, 0x1.7f9a00527459dp-18, 0x1.27012ced3883dp-19,
       0x1.70dfddaa6c7b3p-21, 0x1.b18f980016ad3p-23, 0x1.424c9cab0841p-24, 0x1.1a101ff2d832fp-25},
      {-0x1.9072979496b37p-32, -0x1.a68a112f3aa2cp-34, -0x1.1c5ce6836d242p-35,
       -0x1.c3c3f71eb1fd1p-37, -0x1.1bc1458462bdap-7, -0x1.4c17c59a021dp-10, -0x1.11353b420362dp-12,
       -0x1.1b3384e9f30a2p-14, -0x1.b4f66985a3517p-17, -0x1.36fc742bbe839p-19,
       -0x1.3f60aaf3b28bap-21, -0x1.99b14c58ac3cdp-23, -0x1.9941f1665557p-25,
       -0x1.7a927ad8ce1fcp-27, -0x1.cf17cc744becep-29, -0x1.581bd6e0e547ap-30},
      {0x1.8dc6c7596bea3p-37, 0x1.50881a3ca0d6fp-39, 0x1.7a03fd25d4eap-41, 0x1.018c02b38de47p-42,
       0x1.91a367a5632cep-9, 0x1.82910e79d7daap-12, 0x1.0908a6b27cb06p-14, 0x1.cf49268b006a6p-17,
       0x1.1d7342fec4ccap-19, 0x1.3ba62a9e0d625p-22, 0x1.0745fa2ebc65bp-24, 0x1.1a791cf50baap-26,
       0x1.c3f7a96b56263p-29, 0x1.499940d47b7ddp-31, 0x1.4c096553fe8ecp-33, 0x1.a33351c9387cbp-35},
      {-0x1.8abefc66395dfp-42, -0x1.0bdda3c1b67f7p-44, -0x1.f64bd25fd7293p-47,
       -0x1.258e8e16b39f9p-48, -0x1.0aa98f8a55cdp-10, -0x1.abc7ceb9d1d4bp-14,
       -0x1.ee39b5576d73ap-17, -0x1.6f6a9cf7874f8p-19, -0x1.6cf71892d8c13p-22,
       -0x1.3be84d0bf8c69p-25, -0x1.adde581905b0cp-28, -0x1.82d18726bef2ap-30,
       -0x1.f0dcdf36e68c9p-33, -0x1.1e228e9dbc39fp-35, -0x1.db33a811dac59p-38,
       -0x1.fdf2fc72f7587p-40},
      {0x1.875da937eb1c9p-47, 0x1.aa28aee7be9f4p-50, 0x1.4d933ccb30b5bp-52, 0x1.4e7ef3a11f065p-54,
       0x1.4eae041c6f162p-12, 0x1.c459a029326f2p-16, 0x1.bc67956c382cbp-19, 0x1.1b24e91423cedp-21,
       0x1.c92c079b079a2p-25, 0x1.37e99eb4c9f78p-28, 0x1.5ba65803f5af6p-31, 0x1.070e2f2031025p-33,
       0x1.0fe1d20749de8p-36, 0x1.ef636f551c82dp-40, 0x1.5361d7d8208c2p-42, 0x1.35baf658ccdf8p-44},
      {-0x1.83a5769bcc9bfp-52, -0x1.52ca030dcff98p-55, -0x1.badd70d77dfd6p-58,
       -0x1.7d061e4c6d288p-60, -0x1.8f5dc028817d9p-14, -0x1.cafb21fb3ce96p-18,
       -0x1.827ac4cf8d9bap-21, -0x1.a8dcb60be65e8p-24, -0x1.18d2c46695dcep-27,
       -0x1.2ff89eb2fd379p-31, -0x1.1696450a87dd6p-34, -0x1.6365965add5b9p-37,
       -0x1.283a1e95dec92p-40, -0x1.ab9f504152666p-44, -0x1.e3d1f6d4da6c9p-47,
       -0x1.77b63a2449455p-49},
      {0x1.7f994f70a924cp-57, 0x1.0d2aac362c8ccp-60, 0x1.25dae476c188p-63, 0x1.b1e30f9b53e75p-66,
       0x1.c74363021172bp-16, 0x1.c06a965c40995p-20, 0x1.45d9dffd08c96p-23, 0x1.36d6e6711dca1p-26,
       0x1.52ab49bb6b8e8p-30, 0x1.24847b3a7669dp-34, 0x1.ba823060d85b9p-38, 0x1.dd0354a82db21p-41,
       0x1.4156c0caf3b4ep-44, 0x1.70172ec5e432ep-48, 0x1.58328c17ddcd5p-51, 0x1.c71b394bf7c84p-54},
      {-0x1.7b3e3fcc1d03ep-62, -0x1.ab71dd9588ab5p-66, -0x1.85cc65d7776f8p-69,
       -0x1.ededc8278c00fp-72, -0x1.f1c43cf769f97p-18, -0x1.a70fb1a2ab113p-22,
       -0x1.0ae88fce3087cp-25, -0x1.bc2f0f5055e8ap-29, -0x1.914adb1826bd3p-33,
       -0x1.1615a1e27951ep-37, -0x1.5c62c32ccee01p-41, -0x1.3e11669209ee8p-44,
       -0x1.5b157c82df7edp-48, -0x1.3bf7a83a4ef2cp-52, -0x1.e8cb4e6be4b15p-56,
       -0x1.1340901c66fe7p-58},
      {0x1.76936f30dbb3ap-67, 0x1.53305f9865335p-71, 0x1.026c3a5074673p-74, 0x1.190d107d34b7fp-77,
       0x1.05da624a132c1p-19, 0x1.826584b9573a2p-24, 0x1.a990a6c6eef4bp-28, 0x1.3654c9f0dcd82p-31,
       0x1.d381bf54ac2d2p-36, 0x1.0541b35cc367bp-40, 0x1.0ff35fa2bf3e8p-44, 0x1.a57e83f2f8c05p-48,
       0x1.7548607a59a7p-52, 0x1.0e79491ee4fa3p-56, 0x1.5a672be74d40cp-60, 0x1.4c7bd054a08ecp-63},
      {-0x1.7108e223e239dp-72, -0x1.0cd1107f12003p-76, -0x1.5665b5136c047p-80,
       -0x1.3fb001f2d0bd3p-83, -0x1.0982a096b3428p-21, -0x1.561dbc3049613p-26,
       -0x1.4a93e21c5e9b4p-30, -0x1.a86140b3327ffp-34, -0x1.0b40fbbf45ef1p-38,
       -0x1.e4c0ad1a4a475p-44, -0x1.a4d306cd56b89p-48, -0x1.1576e4f3be672p-51,
       -0x1.8ee593efaf6c3p-56, -0x1.cd65ef509fb25p-61, -0x1.e9da2e65149e8p-65,
       -0x1.90f85f5ece18p-68},
      {0x1.6bd5c6edccbbap-77, 0x1.aa15391d674bep-82, 0x1.c59cec66ca473p-86, 0x1.6b91ed95a746bp-89,
       0x1.04b4644be4b58p-23, 0x1.26afaf166d4cep-28, 0x1.f5f5b42f27283p-33, 0x1.1c683a3b0893fp-36,
       0x1.2d7038d64f306p-41, 0x1.bd09f7ee6a242p-47, 0x1.434820c58af09p-51, 0x1.6b24556b8ce9ep-55,
       0x1.a93719a059fd8p-60, 0x1.88d9d1fe0251ap-65, 0x1.59d29ea752adep-69, 0x1.e2fc641c920c1p-73},
      {-0x1.7d615e10ed44ep-82, -0x1.5f430b5ca48b7p-87, -0x1.34cacac3cb3d7p-91,
       -0x1.a5e3bdb520283p-95, -0x1.05e7bb5bc9e95p-25, -0x1.0195494e620b9p-30,
       -0x1.8031b54e6acb5p-35, -0x1.7fd441c960df9p-39, -0x1.6a1a304e2586fp-44,
       -0x1.a9de19658ea6ap-50, -0x1.fe48849ed8937p-55, -0x1.e524ef1a3eb6dp-59,
       -0x1.e5a7c98cd847p-64, -0x1.5d1f25f060f51p-69, -0x1.f6ed40171c5b1p-74,
       -0x1.2930aa8b53f46p-77},
      {0x1.76d57a138e8c2p-87, 0x1.1680c6e727017p-92, 0x1.9890e60a9d9e8p-97, 0x1.e07188c872cdfp-101,
       0x1.e6e8eefe46bf7p-28, 0x1.a417bef976b78p-33, 0x1.1003725183726p-37, 0x1.f21df5fdd3b74p-42,
       0x1.8fc6b86acd133p-47, 0x1.82ba765948188p-53, 0x1.7c0e554bb60f6p-58, 0x1.3b3d3aa39a00ep-62,
       0x1.02a28aeb83ccp-67, 0x1.26f457b3c7bedp-73, 0x1.623ddad1801a6p-78, 0x1.6557bf18675aep-82},
  };
};

}  // namespace fusor::detail::coefficients
