// SPDX-License-Identifier: MIT
//
// A hop: several calls on one object in one trip to its strand. They run in order, and the failure
// of one does not stop the rest.
#pragma once

#include <new>
#include <vector>

#include "core/call.h"
#include "core/engine.h"

namespace dosvc {

// [COM] Only running out of memory can interrupt a task. It becomes an outcome like any other
// failure.
template <typename Run>
Outcome Guarded(Run run) {
  try {
    return run();
  } catch (const std::bad_alloc&) {
    return OutOfMemory(true);
  }
}

// [COM] Appends one outcome for each call and consumes the calls' arguments. `brought` is the
// object that the service's callback passed along, or null.
void RunHop(Engine& engine,
            const ObjectRef& object,
            Calls& calls,
            std::vector<Outcome>& outcomes,
            const Value& brought = {});

// A hop has the order kStarts if one of its calls has. Only a hop of a single call can overtake.
Order OrderOf(const Calls& calls);

}  // namespace dosvc
