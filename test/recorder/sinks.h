// SPDX-License-Identifier: MIT
//
// The callback objects that a caller handed in. They are kept and called as a service does it: on a
// thread that is not the caller's.
#pragma once

#include <unknwn.h>
#include <windows.h>

#include <cstdint>

#include "packet.h"

namespace recorder {

// [COM] Returns its number, from 1.
std::uint32_t KeepSink(IUnknown* sink);
// [any] Another reference to it, for a caller.
IUnknown* ReferenceSink(std::uint32_t number);
// [JS]
void DropSink(std::uint32_t number);
// [JS] What QueryInterface answers; S_OK if it has the interface.
HRESULT QuerySink(std::uint32_t number, REFIID iid);
// [any] Calls a method by its slot, until it has been called `times` times or fails, and waits for
// what the last call returns. The packet has the arguments: 'n' and a 64-bit number, 'o' with an
// object's number and an IID, or 'b' and bytes to point to.
HRESULT CallSink(
    std::uint32_t number, REFIID iid, std::uint32_t slot, Packet packet, std::uint32_t times);

}  // namespace recorder
