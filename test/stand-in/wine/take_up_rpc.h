// SPDX-License-Identifier: MIT
//
// Wine's rpcrt4 initializes itself without a lock, on the first calls that need it: LoadCOM
// (ndr_ole.c, until Wine 10) in each process, init_psfactory (cpsf.c) for each proxy DLL. If the
// first calls of two clients arrive at the same moment, one of them calls a function that is not
// there yet and fails with 0x800703E6. A process therefore initializes RPC on one thread, before
// any client can connect.
#pragma once

namespace dosvc_stand_in {

// Call it in an apartment. Skips proxies that are not registered: not every system has all of them.
void TakeUpRpc();

}  // namespace dosvc_stand_in
