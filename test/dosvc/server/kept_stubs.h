// SPDX-License-Identifier: MIT
//
// A stub of each interface that a process serves, for as long as it lives. Wine withdraws an
// interface from RPC when its last stub goes: it waits for the calls of that interface, and holds a
// lock that every other call needs to give an object. RPC can miss the end of a call that ends at
// just that moment, and then the process answers nobody any more. While a stub stays, no interface
// is withdrawn.
#pragma once

#include <objbase.h>

#include <initializer_list>

namespace dosvc_stand_in {

// An interface that has no proxy on this system is passed over: it cannot be served either.
void KeepStubs(std::initializer_list<IID> interfaces);

}  // namespace dosvc_stand_in
