// SPDX-License-Identifier: MIT
//
// Keeps a stub of each interface that the process serves, for the life of the process. When the
// last stub of an interface is released, Wine unregisters the interface from RPC: it waits for that
// interface's calls, and holds a lock that every other call needs to return an object. RPC can miss
// the end of a call that ends at just that moment, and then the process answers no more calls.
// While a stub exists, Wine does not unregister its interface.
#pragma once

#include <objbase.h>

#include <initializer_list>

namespace dosvc_stand_in {

// Skips an interface that has no proxy on this system: it cannot be served either.
void KeepStubs(std::initializer_list<IID> interfaces);

}  // namespace dosvc_stand_in
