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
  // up to 59.1875, error 2^-55.7
  static constexpr double offset = 4.8125;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr double node[16] = {
      0x1.f2fap+4, 0x1.39788p+5, 0x1.796f8p+5, 0x1.b96ep+5, -0x1.418p-2, 0x1.80ead197f00b4p-1,
      0x1.ae3p+0,  0x1.58p+1,    0x1.0ba4p+2,  0x1.8b6cp+2, 0x1.05c4p+3, 0x1.45fcp+3,
      0x1.a626p+3, 0x1.1306p+4,  0x1.52f7p+4,  0x1.92eap+4};
  alignas(64) static constexpr double coefficients[17][16] = {
      {0x1.a2bfe7ab1c415p-7, 0x1.4d6763abd6f91p-7, 0x1.14f4fbe6a0f14p-7, 0x1.d9ab883ada6e3p-8,
       0x1.4f367dec5eeeep-1, 0x1.331e9a233c13ap-2, 0x1.864995fd9c2ddp-3, 0x1.10dd3d86c5b6bp-3,
       0x1.737063bea44dbp-4, 0x1.02088a34ebf15p-4, 0x1.89cc46223b56dp-5, 0x1.3dcecd40c2139p-5,
       0x1.ecaaf5ca17be8p-6, 0x1.7afc4b8f1764ep-6, 0x1.33d87c7468666p-6, 0x1.0327098ea07fdp-6},
      {-0x1.acccced972d8dp-12, -0x1.0fecd6fcaf50ap-12, -0x1.775c974b75473p-13,
       -0x1.1284626ce1945p-13, -0x1.3580e567b800cp-1, -0x1.634109da8599ep-3, -0x1.425fbd7cd5cfbp-4,
       -0x1.4ed844814dbc6p-5, -0x1.430273587e6cp-6, -0x1.3e894c69a0851p-7, -0x1.7663d5aaac061p-8,
       -0x1.e9f88c00a193ep-9, -0x1.276cfbb9e9a11p-9, -0x1.5e6c28c7e92p-10, -0x1.cef216fa7a46ap-11,
       -0x1.4849191dfb3efp-11},
      {0x1.b6a4f136bebabp-17, 0x1.bb4756cabbf28p-18, 0x1.fc80acf33c358p-19, 0x1.3e172bfc3330cp-19,
       0x1.b062d5f2cf542p-2, 0x1.5b297ebb9a526p-4, 0x1.ddb3d38003a17p-6, 0x1.7f1f7bff2be0fp-7,
       0x1.0def3efb9e104p-8, 0x1.80cd996a0a592p-10, 0x1.5f3b1b74691d4p-11, 0x1.7658035cccebdp-12,
       0x1.605d2a10c1912p-13, 0x1.42f29bb1a402ap-14, 0x1.5b557ef7d7c13p-15, 0x1.9f36db370f26fp-16},
      {-0x1.c04241e4cd6ep-22, -0x1.69125edb35abp-23, -0x1.5847cc83ee929p-24, -0x1.7075a916f4306p-25,
       -0x1.f72c8c7d07ff5p-3, -0x1.2bad2862a3fd2p-5, -0x1.4480e4a71b6e1p-7, -0x1.9cfb465f415c2p-9,
       -0x1.b3354ed24ec37p-11, -0x1.c77599546e439p-13, -0x1.454e1e54a4e64p-14,
       -0x1.1b86c20ad6e4dp-15, -0x1.a203b6a8f2b55p-17, -0x1.28a89d7a97c5dp-18,
       -0x1.04074894c2cf2p-19, -0x1.062c9e601fa1bp-20},
      {0x1.c99ec50632f85p-27, 0x1.25ebab1125b67p-28, 0x1.d1fafebcd271cp-30, 0x1.aaaa4267ba8f1p-31,
       0x1.ff602440aff51p-4, 0x1.d507ae5ca7c18p-7, 0x1.9a1a4ec477d9bp-9, 0x1.a69aa2dcafdc2p-11,
       0x1.537c5a6d954b5p-13, 0x1.086266887bc97p-15, 0x1.29966b8e43041p-17, 0x1.a9dacbc0edf94p-19,
       0x1.ed450f3cbf8bbp-21, 0x1.0fa1a4d0866cap-22, 0x1.847f0e3381dbp-24, 0x1.4a92ddaccf0acp-25},
      {-0x1.d2b4960e3fbcdp-32, -0x1.de353b8e60d0cp-34, -0x1.3b35a7dffe5c4p-35,
       -0x1.ede7677f16aa8p-37, -0x1.d2c2c357d21a6p-5, -0x1.526fe74d6e9e1p-8, -0x1.e718644c852aep-11,
       -0x1.9cf1363cbd50bp-13, -0x1.00ea02b3561fap-15, -0x1.2d5b171d551dap-18,
       -0x1.0cfef9b67b652p-20, -0x1.3d2d66dbe3463p-22, -0x1.2184b2931abb7p-24,
       -0x1.efd7db7dca7b5p-27, -0x1.21985d5ce4ee7p-28, -0x1.a02dc34dac7e6p-30},
      {0x1.db7dee0a10009p-37, 0x1.84c581c9860a1p-39, 0x1.aa40dc73b4115p-41, 0x1.1dc6ba09a368fp-42,
       0x1.85c40f87619f4p-6, 0x1.c7c02509e483ep-10, 0x1.11f64f5784b9p-12, 0x1.8316dbca56c31p-15,
       0x1.7a13be63b7299p-18, 0x1.518b4a850c965p-21, 0x1.e0b5a555f1fe4p-24, 0x1.d4a94a35d45a9p-26,
       0x1.521c98f98b6d3p-28, 0x1.c321a1a11a509p-31, 0x1.aed2f997a3686p-33, 0x1.059378dab3667p-34},
      {-0x1.e3f529def2073p-42, -0x1.3bdbf1f0c95fdp-44, -0x1.20147c54bc0a5p-46,
       -0x1.4a98b77b7a3e9p-48, -0x1.2daf2182a5e5ap-7, -0x1.20e4236f5d409p-11,
       -0x1.259c653ab32bdp-14, -0x1.5d68cf0216c3bp-17, -0x1.0efe39b27fc8fp-20,
       -0x1.73d1a23b8b51ap-24, -0x1.a8bd62a31e40dp-27, -0x1.5784feba80483p-29,
       -0x1.88dc9fc7c1f9bp-32, -0x1.992a4bff4c4b5p-35, -0x1.3fc916f76af7dp-37,
       -0x1.484fa2cb23dedp-39},
      {0x1.ec14d050890b1p-47, 0x1.0074f99f1c664p-49, 0x1.85386eda72ad7p-52, 0x1.7e5260c07378ap-54,
       0x1.b51ffd9b2fb16p-9, 0x1.5b2858c37e866p-13, 0x1.2d3abeff7a43ep-16, 0x1.30a8e16a6df63p-19,
       0x1.7b0bf5ec49bc5p-23, 0x1.93150d35e4e73p-27, 0x1.733af63646adp-30, 0x1.f3b4be8754338p-33,
       0x1.c6331ea7bbcd2p-36, 0x1.71f360343db2ep-39, 0x1.d9bb9000fe099p-42, 0x1.9b72d1e9b65cap-44},
      {-0x1.f3d79244b20ddp-52, -0x1.a02fb5fbf15d2p-55, -0x1.06d17b2c6051p-57,
       -0x1.b9ff051fd7e5ap-60, -0x1.2aa9666d6602bp-10, -0x1.8d96b4d268c6ap-15,
       -0x1.29002f993befep-18, -0x1.0145f0b7fe4bdp-21, -0x1.03074f15edaadp-25,
       -0x1.ae545f59e15c6p-30, -0x1.410e90d07a7e8p-33, -0x1.68b644712499p-36,
       -0x1.0543f501790a6p-39, -0x1.4d7719a35f5c9p-43, -0x1.5e298931e1431p-46,
       -0x1.016e556c5f4afp-48},
      {0x1.fb38683e6488fp-57, 0x1.517c1e4d0ddabp-60, 0x1.62c67104cc3a3p-63, 0x1.fed199bd6b796p-66,
       0x1.833527fda870fp-12, 0x1.b3e3cb343ed08p-17, 0x1.1a55327bd9effp-20, 0x1.a5c60ad5456fp-24,
       0x1.5a5dd6f94f7a8p-28, 0x1.c4b4515e72a1dp-33, 0x1.12d51e393ea13p-36, 0x1.0274f2bdc9e9fp-39,
       0x1.2b1cfb5e8676ep-43, 0x1.2ba9555b732p-47, 0x1.02497035112bp-50, 0x1.41a690ba5cbc9p-53},
      {-0x1.011ac9ff61cffp-61, -0x1.117e4ec4d8e35p-65, -0x1.deb2228c20e5ap-69,
       -0x1.27154d6891c18p-71, -0x1.dea41abeb3f87p-14, -0x1.cb2562eee89f8p-19,
       -0x1.037ae9629177dp-22, -0x1.503e931b49711p-26, -0x1.c5aeae81400ap-31,
       -0x1.d58cebf6a2052p-36, -0x1.d1dc5e99b5b2dp-40, -0x1.6fb330dbdd8f9p-43,
       -0x1.54d228c2aa753p-47, -0x1.0c792ca28d95bp-51, -0x1.7c4001c1a0422p-55,
       -0x1.914a9091c0d3p-58},
      {0x1.046210b32f104p-66, 0x1.bafc87572fe23p-71, 0x1.42cea0aca198ep-74, 0x1.54cf0e57b29fp-77,
       0x1.1b305c9c5543dp-15, 0x1.d236aac13c03ep-21, 0x1.ce322c26d911cp-25, 0x1.0525ca13fef14p-28,
       0x1.234949d404ffbp-33, 0x1.e064ee50f28f3p-39, 0x1.8703a0ee21e8bp-43, 0x1.03b41b327b08dp-46,
       0x1.827f6a24f6ce3p-51, 0x1.df9dc3e05203dp-56, 0x1.1753a0c06b30ap-59, 0x1.f3e7e497e7b93p-63},
      {-0x1.06fb4b593670dp-71, -0x1.6647cfc822e75p-76, -0x1.b307e4f45721ap-80,
       -0x1.896c153f447b2p-83, -0x1.41445180c759ap-17, -0x1.c9418d664d49fp-23,
       -0x1.8f754a2da46b6p-27, -0x1.8b9c026b7780fp-31, -0x1.6dc39ac5b0d6p-36,
       -0x1.e453b54317776p-42, -0x1.44dfde92b6e54p-46, -0x1.6c2b058b1e159p-50,
       -0x1.b316084120c39p-55, -0x1.aab2f3c807d96p-60, -0x1.995a4fc7e8913p-64,
       -0x1.36d7a020a3102p-67},
      {0x1.09d31be8552ccp-76, 0x1.21cf069005279p-81, 0x1.251fb5b6262fbp-85, 0x1.c61d1473a2b86p-89,
       0x1.60097e560a321p-19, 0x1.adacca76173c9p-25, 0x1.505da61c381f9p-29, 0x1.24e3bfa748dbdp-33,
       0x1.c55b77ad6bda6p-39, 0x1.e3531cbbd3765p-45, 0x1.0bc216d7ddfccp-49, 0x1.fb5f08f0f9b98p-54,
       0x1.e8acadce4f79cp-59, 0x1.7adeee6954c0cp-64, 0x1.2b7fc06115636p-68, 0x1.821d7a653a795p-72},
      {-0x1.1e9df30fea0f6p-81, -0x1.e86616b0e05cep-87, -0x1.9648039dc08b5p-91,
       -0x1.0b88159eb201cp-94, -0x1.8d5b207a3cdadp-21, -0x1.997545df95de6p-27,
       -0x1.1e957749df38dp-31, -0x1.b5a60c83ccf8cp-36, -0x1.2dee587ecf6cap-41,
       -0x1.f8d1983c16f8cp-48, -0x1.c76f0dee8a714p-53, -0x1.69aadd51d1c97p-57,
       -0x1.2839cc0b9fa72p-62, -0x1.6093bbfe9bb78p-68, -0x1.c44c3a2b043dap-73,
       -0x1.ea93041d43401p-77},
      {0x1.20e278cecfe39p-86, 0x1.89efaf0cca396p-92, 0x1.10bf2a0052ba1p-96, 0x1.33cde4c338c73p-100,
       0x1.930755a4e9df5p-23, 0x1.d7c99841e3dfbp-29, 0x1.bfbd09e2be186p-34, 0x1.35f496c33fedcp-38,
       0x1.63a859dfef16fp-44, 0x1.e228a1c70d743p-51, 0x1.6c0c9950ac475p-56, 0x1.f0b163d535476p-61,
       0x1.4b4e0e3f18758p-66, 0x1.37916dd21a16dp-72, 0x1.49011afad7dep-77, 0x1.2ebecef692137p-81},
  };
  /// What the function has beyond the line at each point.
  alignas(64) static constexpr double beyond_line[16] = {
      -0x1.8db77d9950b02p+3, -0x1.f3e6ba362ac7p+3,   -0x1.2d03c77c3fe33p+4, -0x1.60182367a3086p+4,
      0x1.8f57c3bd8cf35p-1,  -0x1.3bdb95217ce99p-57, -0x1.eb5611a1b4997p-2, -0x1.e0ba8078a1221p-1,
      -0x1.93e0b15a4e44bp+0, -0x1.336ffdcfab0b2p+1,  -0x1.9b907d14a7b04p+1, -0x1.019d725cd9eaap+2,
      -0x1.4ee6b777e2009p+2, -0x1.b564bc3933bdbp+2,  -0x1.0dda828b5f578p+3, -0x1.40f906505d99ep+3};
};

}  // namespace fusor::detail::coefficients
