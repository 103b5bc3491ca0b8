// SPDX-License-Identifier: BSL-1.0
// Written by docs/coefficients.py.
#pragma once

/// Polynomials of the vector operations; the error is that of the fit, relative.
namespace fusor::detail::coefficients {

/// Polynomials over t - node for `Count` intervals: coefficients of the powers from 0 up, that
/// of the first less one if the table says so.

/// tanh(t).
template <int Count>
struct tanh_pieces;
template <>
struct tanh_pieces<16> {
  // up to 22.5, error 2^-58.0
  static constexpr double offset = 1.5;
  static constexpr bool is_less_one = false;
  alignas(64) static constexpr double node[16] = {
      0x1.7b2p-1,  0x1.3d9p+0,  0x1.c17p+0,  0x1.1f5p+1,  0x1.7f4p+1,  0x1.009p+2,
      0x1.4064p+2, 0x1.7fbp+2,  0x1.dfacp+2, 0x1.2fccp+3, 0x1.6ff8p+3, 0x1.afc2p+3,
      0x1.07e6p+4, 0x1.4828p+4, 0x0p+0,      0x1.7c8p-2};
  alignas(64) static constexpr double coefficients[16][16] = {
      {0x1.424532772b5b5p-1, 0x1.b0f16fc8a0b74p-1, 0x1.e24f4c8820bbbp-1, 0x1.f4a1140c8b086p-1,
       0x1.fd7031f943a3fp-1, 0x1.ffa99f0b00466p-1, 0x1.fff43e5ce130fp-1, 0x1.fffe5fa004f38p-1,
       0x1.ffffeb42797ddp-1, 0x1.ffffff9e83d12p-1, 0x1.fffffffe3bcbap-1, 0x1.fffffffff79b9p-1,
       0x1.fffffffffffabp-1, 0x1p+0, 0x0p+0, 0x1.6be759fd20637p-2},
      {0x1.3526ed2bfc5f1p-1, 0x1.23d0430739075p-2, 0x1.cd452cfc475fbp-4, 0x1.67d322a63c73ap-5,
       0x1.47150360a5313p-7, 0x1.5966aeb59204ep-10, 0x1.7830122601ef8p-13, 0x1.a05f51be7afc5p-16,
       0x1.4bd8616a5d374p-20, 0x1.85f0bb5aed2b3p-26, 0x1.c4345ff489e9dp-32, 0x1.0c8df98f03f41p-37,
       0x1.53ff496df7ea9p-46, 0x1.c45c028ff8f75p-58, 0x1p+0, 0x1.bf56c2b713f67p-1},
      {-0x1.852e86c0c410dp-2, -0x1.ed82a7974900bp-3, -0x1.b2859078d8a8fp-4, -0x1.5fd563d1cc51fp-5,
       -0x1.4572106111201p-7, -0x1.592c690db14fap-10, -0x1.78276ed7a5566p-13, -0x1.a05dff22fab9p-16,
       -0x1.4bd853f914eafp-20, -0x1.85f0bb10b0f36p-26, -0x1.c4345ff2fd7p-32, -0x1.0c8df98f013e3p-37,
       -0x1.53ff4a0dfd498p-46, -0x1.c45c036dd6528p-58, -0x1.7106e2f387f67p-59,
       -0x1.3df2255163c51p-2},
      {0x1.36e7436ee406fp-5, 0x1.bd883b992f203p-4, 0x1.ff229fcef860bp-5, 0x1.c028109df5408p-6,
       0x1.ad9469bf726bp-8, 0x1.cb9fe5fc0d782p-11, 0x1.f572e0b41d2cfp-14, 0x1.15923bf3ba2ap-16,
       0x1.ba75a17352038p-21, 0x1.03f5d1a81f409p-26, 0x1.2d783ff53d2d8p-32, 0x1.6612a213f1256p-38,
       0x1.c55461d27f641p-47, 0x1.2d92acb6f9f55p-58, -0x1.5555555555548p-2, -0x1.7278d6329dbd9p-3},
      {0x1.a50ff88f887f5p-4, -0x1.7dda28fb27a47p-7, -0x1.7fa0c4bff2f6fp-6, -0x1.974bb7a851d01p-7,
       -0x1.a4eeefdf7eabfp-9, -0x1.ca697f7017615p-12, -0x1.f544d10debc4ap-15,
       -0x1.158eb5051a42ep-17, -0x1.ba7559c096fc7p-22, -0x1.03f5d0e16a925p-27,
       -0x1.2d783ff03a239p-33, -0x1.6612a212dd3b6p-39, -0x1.c5544a6961d2cp-48,
       -0x1.2d929c6a7e668p-59, -0x1.8ba2cb16217b2p-44, 0x1.579ecccaefdfcp-3},
      {-0x1.05e34edcd6afbp-4, -0x1.48d764a464514p-6, 0x1.ed03ce331f09p-9, 0x1.06ed6e8f71d74p-8,
       0x1.430789c6f1a2ep-10, 0x1.6ccab5b2625c9p-13, 0x1.90ba2aa91781ap-16, 0x1.bc0c3eb5a7c58p-19,
       0x1.61f7084c3831fp-23, 0x1.9fefb22420522p-29, 0x1.e259ffda97f25p-35, 0x1.1e754e76b93fbp-40,
       0x1.6aa9e686e8094p-49, 0x1.e284372da22ebp-61, 0x1.1111111140a88p-3, 0x1.491f0b126e669p-6},
      {-0x1.436b53842614bp-9, 0x1.fbf1eb6a7a1aep-7, 0x1.f32dae55ef319p-10, -0x1.80d8e15593622p-11,
       -0x1.8a9782c6b78bcp-12, -0x1.e13aeb16da68fp-15, -0x1.0ac48d1b52968p-17,
       -0x1.27f91d7f703d5p-20, -0x1.d7f2d99434526p-25, -0x1.154a73b44b555p-30,
       -0x1.419155744f741p-36, -0x1.7df1be489fc0ep-42, -0x1.e38f2fb153b54p-51,
       -0x1.41aedba6f6398p-62, -0x1.b8cc096be3718p-33, -0x1.1e9518bf4e208p-4},
      {0x1.6f82ccc4b89d1p-6, -0x1.2db01c1cd24dp-8, -0x1.f1e9cb528144bp-10, -0x1.b71c1eb52e541p-14,
       0x1.71ff78d3b0eb7p-14, 0x1.0d1b83100be7p-16, 0x1.30003044fe8cep-19, 0x1.521ee16ba3793p-22,
       0x1.0dadf9e3f13bcp-26, 0x1.3ce757bf39908p-32, 0x1.6f8185d808d93p-38, 0x1.b481fd77d6dd8p-44,
       0x1.1450efe674019p-52, 0x1.6fa2cb50c02b3p-64, -0x1.ba1b9f20e4706p-5, 0x1.93060e7657fccp-7},
      {-0x1.4e7bcbc785114p-7, -0x1.0c4b1ea223c54p-10, 0x1.c23426db695d3p-11, 0x1.532a9d0108c9cp-13,
       -0x1.a98853e9425e9p-17, -0x1.0163aceac2edp-18, -0x1.2e3f89235f8e6p-21,
       -0x1.51da18e5b112dp-24, -0x1.0dab2f30f586ap-28, -0x1.3ce736144bec3p-34,
       -0x1.6f816f93bb3f9p-40, -0x1.b481e3f9f1fa8p-46, -0x1.143dee18c4d5bp-54,
       -0x1.6f886ab4a01c6p-66, -0x1.57828db7ddfe3p-24, 0x1.7e5a2635a7577p-6},
      {-0x1.3de625f6df865p-9, 0x1.d3a8d6b4f12cep-10, -0x1.a4463a72e517ap-13, -0x1.5ac6ecb581bdcp-14,
       -0x1.3832e6e110001p-20, 0x1.a026fbfdef50fp-21, 0x1.098d42bfaf8p-23, 0x1.2bd5d197ff9a2p-26,
       0x1.df5f9cfbb8e4cp-31, 0x1.19b10b18eafc4p-36, 0x1.46abfbe912e62p-42, 0x1.8401ca13aaca9p-48,
       0x1.eb2e0ff5e9acep-57, 0x1.46b76c4f60aabp-68, 0x1.6653307858a73p-6, -0x1.74ddab7dc151ep-7},
      {0x1.2bec2f27d4852p-8, -0x1.bd3f612ccd305p-11, -0x1.d644c8bfe3c7p-16, 0x1.d309064f4cc9ap-16,
       0x1.ccd53d3f0028bp-20, -0x1.0b31ce6dd3035p-23, -0x1.9eee674031318p-26,
       -0x1.de355e044aae2p-29, -0x1.7f74e856c1103p-33, -0x1.c2ba3a3e85dd7p-39,
       -0x1.0559bd9a074a5p-44, -0x1.366bbcc1dd41dp-50, -0x1.8a67158fddf7ap-59,
       -0x1.0661f0dae796fp-70, -0x1.043488ac70f71p-17, -0x1.7643627530b38p-8},
      {-0x1.7a38e8fb01976p-10, 0x1.51c14917f602cp-14, 0x1.c3961f0e001cfp-15, -0x1.79a45776a5bf5p-18,
       -0x1.aa6adb976d984p-21, 0x1.8fc57ad71be29p-27, 0x1.1f515f1495398p-28, 0x1.5990c0d6045b4p-31,
       0x1.16c75ff18f9c6p-35, 0x1.47c9346c87471p-41, 0x1.7c23548342e0ap-47, 0x1.c37ffc65a6f14p-53,
       0x1.1e546e4a18ed2p-61, 0x1.7d6af03d2ffc5p-73, -0x1.20ea26487b8cfp-7, 0x1.88f8da9929ac6p-8},
      {-0x1.a9a2c8a4d342p-11, 0x1.54899db8475f7p-13, -0x1.e6f698384fb2cp-16, -0x1.6e2ff5a474ddcp-22,
       0x1.1d2b1d910ffeep-22, 0x1.c2b3f4706172ep-30, -0x1.58c47bc227294p-31, -0x1.c6cb9b2cc572fp-34,
       -0x1.72b09938657a2p-38, -0x1.b41bccf5060fbp-44, -0x1.f9c03c35414aap-50,
       -0x1.2c5bcf6624f53p-55, -0x1.6e6e361b3384bp-64, -0x1.e763166df8b99p-76,
       -0x1.9950039d9200cp-13, 0x1.f97306d2dec73p-12},
      {0x1.c90032f64607dp-11, -0x1.f84de532cbf95p-14, 0x1.230dff485e89cp-17, 0x1.00339d8811801p-20,
       -0x1.2adda5e1c3e03p-24, -0x1.6ae0a393cb8a1p-30, 0x1.4a662dce5aa36p-34, 0x1.10a0bc960f75cp-36,
       0x1.c82cd52546c34p-41, 0x1.0cb5ebe07d5b9p-46, 0x1.376d713fb5457p-52, 0x1.7232753aad6cbp-58,
       0x1.c91dac3c3ca63p-67, 0x1.2d2cf4c9fadb2p-78, 0x1.10498128c1657p-8, -0x1.3f7b09cac67fcp-9},
      {-0x1.0c63f0cd24993p-13, 0x1.04137d305f19ep-15, -0x1.f87faea5b6fbdp-26,
       -0x1.1ee23f80bdbfcp-21, 0x1.abc9ae8469a87p-27, 0x1.1a5a80a8b9fd6p-31, -0x1.2242d3bb3a526p-38,
       -0x1.29edfb99a932bp-39, -0x1.14b0df9936022p-43, -0x1.4712b34085009p-49,
       -0x1.7b654dd275b76p-55, -0x1.c28b5272ae598p-61, -0x1.575c999440acfp-69,
       -0x1.c935bceba874fp-81, -0x1.0ca9072944268p-10, 0x1.fea60bba7c434p-12},
      {-0x1.90ec620df0fbp-13, 0x1.1b514bd616dfbp-17, -0x1.a30a6938a59abp-20, 0x1.8a238946c7f5dp-23,
       -0x1.042a846e78c2ep-31, -0x1.45863b2f6e0d4p-33, -0x1.4f0a210cd1f5fp-40,
       0x1.1616e631510c7p-42, 0x1.208bdb937d96fp-46, 0x1.564205aed10c1p-52, 0x1.9103354a6102ep-58,
       0x1.d674528466aa9p-64, 0x1.5fd23c1496e33p-72, 0x1.e278e5e743ca3p-84, -0x1.0a091411aa66dp-11,
       0x1.8da7431a82ebfp-11},
  };
};

/// erf(t).
template <int Count>
struct erf_pieces;
template <>
struct erf_pieces<16> {
  // up to 7.5, error 2^-55.4
  static constexpr double offset = 0.5;
  static constexpr bool is_less_one = true;
  alignas(64) static constexpr double node[16] = {0x1.bf5p+0, 0x1.20dp+1,  0x1.60fp+1, 0x1.a0b8p+1,
                                                  0x1.feep+1, 0x1.3fc8p+2, 0x1.80ap+2, 0x1.c0ap+2,
                                                  0x0p+0,     0x1.84p-3,   0x1.3ecp-2, 0x1.bbp-2,
                                                  0x1.428p-1, 0x1.bfp-1,   0x1.1fdp+0, 0x1.5edp+0};
  alignas(64) static constexpr double coefficients[15][16] = {
      {0x1.f91a5d6dce49ep-1, 0x1.ff4623174e6e3p-1, 0x1.fff35ce7f3855p-1, 0x1.ffff7505ece23p-1,
       0x1.ffffff71a295ep-1, 0x1.fffffffffc7fdp-1, 0x1p+0, 0x1p+0, 0x0p+0, 0x1.b0a105f09675ep-3,
       0x1.5c625794ebd12p-2, 0x1.d65cd9ec8760ap-2, 0x1.41009399e035cp-1, 0x1.90ebb8d554716p-1,
       0x1.c6bc3e2988b0ep-1, 0x1.e50e4e6b618e2p-1},
      {-0x1.e4b96698d1d69p-1, -0x1.fc723dbc30ff1p-1, -0x1.ffb631860ab1dp-1, -0x1.fffc4fb646111p-1,
       -0x1.fffffb6ddd6d6p-1, -0x1.ffffffffdc577p-1, -0x1.ffffffffffffep-1, -0x1p+0,
       0x1.06eba8214db69p-3, 0x1.6ae4bbbfdd475p-4, 0x1.8c1569c20e6a2p-6, -0x1.070c0fb62f4c7p-4,
       -0x1.ede7993b7a5b1p-3, -0x1.e4d2c90fad2c9p-2, -0x1.5cc66a0dea67cp-1, -0x1.a7a86c9fd403ap-1},
      {-0x1.7d465f58cec62p-4, -0x1.00976e87fe50ep-6, -0x1.9704650e85d1dp-10, -0x1.8047a0c87b2fbp-14,
       -0x1.23e417cea3112p-21, -0x1.645717558d83cp-34, -0x1.933259510926p-50,
       -0x1.1147fefd59b58p-68, -0x1.6db632fdcb868p-74, -0x1.a6602ac8ecb6p-3, -0x1.4674aea5b97ddp-2,
       -0x1.9e8ce20cfbc27p-2, -0x1.e972ef5da4971p-2, -0x1.d6b9f976d04f9p-2, -0x1.6f045bc875ce8p-2,
       -0x1.e43e0a94e91b3p-3},
      {0x1.736715e8c2ba7p-4, 0x1.5c110705c6224p-6, 0x1.5d7d96bab45b2p-9, 0x1.8d59874beaba5p-13,
       0x1.7824d8bf4df92p-20, 0x1.22cdc7cf5d80dp-32, 0x1.8e3f5ccef7711p-48, 0x1.3be05bdf5abdfp-66,
       -0x1.812746b0379e7p-2, -0x1.58e6a79c4cd32p-2, -0x1.19d6d0cb3c2eap-2, -0x1.8fb40efd7ae57p-3,
       -0x1.abe26ce7729b2p-5, 0x1.790204dd83df6p-4, 0x1.4c88ab52f7229p-3, 0x1.449a14153a7a9p-3},
      {-0x1.8ac6253d10857p-5, -0x1.3326263989b38p-6, -0x1.9dfe4426461a3p-9, -0x1.23619209981a1p-12,
       -0x1.5efe417c12678p-19, -0x1.5c68c2b2014bp-31, -0x1.22c57d80fep-46, -0x1.0f17773a6dc89p-64,
       -0x1.29467d796581dp-57, 0x1.9c44d75d81955p-4, 0x1.315e2d37699fap-3, 0x1.6ad37ec6bc4c5p-3,
       0x1.67fd2b76dc2d8p-3, 0x1.cf1000540e195p-4, 0x1.cdfef7b84515ap-6, -0x1.e7f9765d99d8dp-6},
      {0x1.a89be6a76ab95p-8, 0x1.59968bc8ea3dep-7, 0x1.5fc21c720077p-9, 0x1.3fd8f4dbaa5f2p-12,
       0x1.f7eef474674e9p-19, 0x1.465d7d5294adfp-30, 0x1.4ead6f1a4b64fp-45, 0x1.716a4f0b5b818p-63,
       0x1.ce2f21a042c2p-4, 0x1.7ea3919cac91dp-4, 0x1.0629c6caeeddbp-4, 0x1.c90026ded3e04p-6,
       -0x1.d4df3d771bb3cp-6, -0x1.12cffe5fcee27p-4, -0x1.f6ec0bc3bad81p-5, -0x1.ff905f314aa06p-6},
      {0x1.2970231cfff3fp-7, -0x1.807017fce5095p-9, -0x1.a9cfb1600f318p-10, -0x1.0d6602d03802ap-12,
       -0x1.206b2253557dbp-18, -0x1.f11b773d84e49p-30, -0x1.3bd6603e33ee3p-44,
       -0x1.9d6bbeb73ad53p-62, -0x1.f0ddc28f17282p-45, -0x1.0c3470eb532c4p-5, -0x1.7c21353591c04p-5,
       -0x1.a3f7329066ad1p-5, -0x1.4ec40b959328cp-5, -0x1.5c11a25a218bfp-7, 0x1.fb7e7d2f4ee32p-7,
       0x1.6bcd665045347p-6},
      {-0x1.8e14375b528cdp-8, -0x1.452ebd05d4cc3p-11, 0x1.4fe804d601507p-11, 0x1.5cde18129c61p-13,
       0x1.0ce8084d0abfp-18, 0x1.3bed778f844f6p-29, 0x1.f50c8ea0bc23p-44, 0x1.80bcd873a2439p-61,
       -0x1.b82ce311e7a8ap-6, -0x1.4f61e9804eed9p-6, -0x1.6c20cef020057p-7, -0x1.3f5cd1d6dc838p-12,
       0x1.d04249cc17446p-7, 0x1.31233dad32414p-6, 0x1.3bf4dc0787d92p-7, -0x1.4a3a5bebfbb1p-10},
      {0x1.7359c65cc709ep-11, 0x1.007985afbdb0fp-10, -0x1.887b17e4847e5p-14, -0x1.50f9ecf3dcf1dp-14,
       -0x1.9d04abc91ee85p-19, -0x1.557202c647213p-29, -0x1.5693a12498a3p-43,
       -0x1.3b546b557e779p-60, -0x1.1b77e549f711ap-34, 0x1.05a8d4def4808p-7, 0x1.62296fc881ca8p-7,
       0x1.690cc74b4c202p-7, 0x1.abab7c88af42ep-8, -0x1.d4e88d59d28b2p-10, -0x1.8b1b7707a92fep-8,
       -0x1.1b8c1f4435919p-8},
      {0x1.db0af0f6674a3p-11, -0x1.83eff42369935p-12, -0x1.1a0861986884dp-14, 0x1.b07caad9905d1p-16,
       0x1.05b5a00063a64p-19, 0x1.3e4e1ef78991bp-29, 0x1.a0f80a672e19ap-43, 0x1.ef8170b98e916p-60,
       0x1.565bd27d64cb5p-8, 0x1.dda45207d418p-9, 0x1.726efe61f4c3p-10, -0x1.06286d4768c8ep-10,
       -0x1.e0d0c8534b257p-9, -0x1.ad2c09c12edefp-9, -0x1.828d24107c125p-12, 0x1.99998724f987dp-10},
      {-0x1.d00d8c57cc1bcp-12, -0x1.d44b9e7a92b43p-18, 0x1.c29c99d5b3846p-15,
       -0x1.4fce16e48e5f4p-19, -0x1.0f09d88b9c13ap-20, -0x1.00d76a05376a1p-29,
       -0x1.b7d7b4f22b1a5p-43, -0x1.3d9e21bda5511p-59, -0x1.2c96b0864ca13p-26,
       -0x1.9855914c60111p-10, -0x1.07611781c28c7p-9, -0x1.eacf7677f092ap-10,
       -0x1.6df4bae6fa098p-11, 0x1.d27909ca8a16dp-11, 0x1.2eb1cba11b303p-10, 0x1.657eae27df2f7p-12},
      {-0x1.035510df9de18p-17, 0x1.09feed15dccbcp-14, -0x1.0b35b1164e7f2p-16,
       -0x1.6f8edb61b3315p-19, 0x1.bddf7b5a3a55fp-22, 0x1.634bda2d60e4bp-30, 0x1.6c538d8aa722cp-43,
       0x1.e329a3e156b43p-60, -0x1.c016e6c93a25fp-11, -0x1.1c81ce5f087a4p-11,
       -0x1.ecdcb21199ab6p-14, 0x1.46048cb730574p-12, 0x1.649e9ee0685ebp-11, 0x1.9dbba3892527dp-12,
       -0x1.7078212a33eefp-13, -0x1.652b9acaefc9p-12},
      {0x1.2287733bdba9cp-14, -0x1.7e77a2d0b765p-16, -0x1.b919664751c57p-21, 0x1.f4da3db6e61b1p-20,
       -0x1.066380d5ff6ddp-23, -0x1.bd445d3d45f9ap-31, -0x1.2e9bb6e6075acp-43,
       -0x1.e9c6e8143122ap-60, -0x1.305ec6b62183cp-20, 0x1.09707820741efp-12, 0x1.45a3a9d1e6f06p-12,
       0x1.11f23cf83c2a9p-12, 0x1.207961559fc5ep-15, -0x1.931b224818e67p-13, -0x1.29d9053fcbc14p-13,
       0x1.b6ae44abf3b4fp-16},
      {-0x1.1a801df0f76ap-16, -0x1.46742a2867bccp-20, 0x1.5c6442ea86173p-19, -0x1.1e93f90597c4dp-21,
       0x1.92736d7d6836dp-27, 0x1.1c18326fbe1dap-31, 0x1.7093993bd76c4p-43, 0x1.25ddfbe5c1621p-58,
       0x1.0737625109521p-13, 0x1.219b3f8839f1fp-14, 0x1.cd9fc1acbe085p-20, -0x1.0063eed42822ep-14,
       -0x1.9db0866436d52p-14, -0x1.f41e8452e1b97p-16, 0x1.9a68d3d28b1c8p-15, 0x1.635d68dc7618p-15},
      {-0x1.396b554938ac9p-18, 0x1.c5a58362983ap-19, -0x1.de9bf4351d314p-21, -0x1.26fa1281ee7b3p-29,
       0x1.05ea18d452688p-27, -0x1.f4b39c2518faep-33, -0x1.0189149425acap-43,
       -0x1.022bf7a30c1adp-58, -0x1.adf8d7e7900aap-17, -0x1.257691109e8dbp-15,
       -0x1.5767acf803915p-15, -0x1.f6fc13f9ad5d7p-16, 0x1.d70dc227e62bfp-19, 0x1.e4ab25ac72cbdp-16,
       0x1.678bfe4872a16p-17, -0x1.8e29a03fe7e94p-17},
  };
};

}  // namespace fusor::detail::coefficients
