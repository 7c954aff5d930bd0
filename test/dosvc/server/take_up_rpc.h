// SPDX-License-Identifier: MIT
//
// Wine's rpcrt4 sets itself up without a lock, on the first calls that need it: LoadCOM (ndr_ole.c,
// until Wine 10) in each process, init_psfactory (cpsf.c) for each DLL of proxies. Of two clients
// whose first calls come at the same moment, one then calls a function that is not there yet, and
// is answered 0x800703E6. So a process takes up RPC in one thread, before any client can come.
#pragma once

namespace dosvc_stand_in {

// In an apartment. Proxies that are not registered are passed over: not every system has all.
void TakeUpRpc();

}  // namespace dosvc_stand_in
