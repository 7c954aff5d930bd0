// SPDX-License-Identifier: MIT
//
// Makes the calls of one `job.snapshot()`, one after another, in the same order.
#pragma once

#include <windows.h>

#include <bits.h>

// Fails if the state cannot be read; anything else that the service refuses is left out.
HRESULT TakeSnapshot(IBackgroundCopyJob* job);
