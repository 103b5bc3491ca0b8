// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The version of Fusor, here and nowhere else (CMake reads these three lines).
#define FUSOR_VERSION_MAJOR 0
#define FUSOR_VERSION_MINOR 1
#define FUSOR_VERSION_PATCH 0
