// SPDX-License-Identifier: MIT
//
// Reads the calls of a hop from the plain value that JavaScript passed (typings/calls.d.ts).
#pragma once

#include <napi.h>

#include "core/call.h"
#include "core/value.h"

namespace dosvc::addon {

// The method at an address. Null, with a TypeError pending, if there is none.
const Method* RowOf(Napi::Env env, const Value* address);

// The value's content if it is a list; otherwise an empty list.
List TakeList(Value* value);

// From a list of { row, args, then, keep, when, brought, loan }.
Calls CallsOf(Napi::Env env, Value* value);

}  // namespace dosvc::addon
