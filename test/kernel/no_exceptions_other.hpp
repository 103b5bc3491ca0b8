// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Whether a call that no_exceptions.cpp makes as well throws in a file with exceptions.
bool kernel_refuses_there();
bool view_refuses_there();
