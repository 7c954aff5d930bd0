// SPDX-License-Identifier: MIT
//
// The callback objects that a caller handed in, kept as a service keeps them, and called as a
// service calls them: on a thread that is not the caller's.
#pragma once

#include <unknwn.h>
#include <windows.h>

#include <cstdint>

#include "packet.h"

namespace recorder {

// [COM] Its number, from 1.
std::uint32_t KeepSink(IUnknown* sink);
// [any] A further reference to it, for a caller.
IUnknown* ReferenceSink(std::uint32_t number);
// [JS]
void DropSink(std::uint32_t number);
// [JS] Whether it has an interface: S_OK, or what QueryInterface says.
HRESULT QuerySink(std::uint32_t number, REFIID iid);
// [any] Calls a method by its slot and waits for what it returns. The packet has the arguments:
// 'n' and a number of 64 bits, 'o' and an object's number and an IID, or 'b' and bytes to point to.
HRESULT CallSink(std::uint32_t number, REFIID iid, std::uint32_t slot, Packet packet);

}  // namespace recorder
