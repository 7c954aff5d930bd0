// SPDX-License-Identifier: MIT
//
// The calls of one `job.snapshot()`, one after another, in its order.
#pragma once

#include <windows.h>

#include <bits.h>

// Fails where the state cannot be read; whatever else the service refuses is left out.
HRESULT TakeSnapshot(IBackgroundCopyJob* job);
