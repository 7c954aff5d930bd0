// SPDX-License-Identifier: MIT

#include "core/hop.h"

#include <algorithm>
#include <utility>

namespace dosvc {
namespace {

bool Holds(const Call::Condition& condition, const std::vector<Outcome>& outcomes) {
  if (condition.call >= outcomes.size() || Failed(outcomes[condition.call])) return false;
  const auto& gave = condition.gave;
  return std::any_of(gave.begin(), gave.end(), [&](const Value& value) {
    return Same(value, outcomes[condition.call].value);
  });
}

Outcome Run(Engine& engine, const ObjectRef& object, Call& call, const Value& brought);

Value Follow(Engine& engine, Value value, const Call& call) {
  if (auto* const list = std::get_if<List>(&value.data)) {
    for (auto& item : *list) item = Follow(engine, std::move(item), call);
    return value;
  }
  const auto* const object = value.As<ObjectRef>();
  if (object == nullptr || *object == nullptr) return value;
  List outcomes;
  // Copied, because a call consumes its arguments and there may be more objects.
  for (auto then : call.then) outcomes.push_back(ToRecord(Run(engine, *object, then, {})));
  return Record{{"object", call.keep ? Value(*object) : Value()},
                {"outcomes", std::move(outcomes)}};
}

Outcome Make(Engine& engine, const ObjectRef& object, Call& call, const Value& brought) {
  if (!call.brought || brought.IsNull()) return engine.Run(object, call);
  Outcome outcome;
  outcome.value = brought;
  return outcome;
}

Outcome Run(Engine& engine, const ObjectRef& object, Call& call, const Value& brought) {
  return Guarded([&] {
    auto outcome = Make(engine, object, call, brought);
    if (!call.then.empty() && !Failed(outcome)) {
      outcome.value = Follow(engine, std::move(outcome.value), call);
    }
    return outcome;
  });
}

}  // namespace

void RunHop(Engine& engine,
            const ObjectRef& object,
            Calls& calls,
            std::vector<Outcome>& outcomes,
            const Value& brought) {
  for (auto& call : calls) {
    outcomes.push_back(!call.when || Holds(*call.when, outcomes)
                           ? Run(engine, object, call, brought)
                           : Fail(Stage::kSkipped));
  }
}

Order OrderOf(const Calls& calls) {
  const bool starts = std::any_of(calls.begin(), calls.end(), [](const Call& call) {
    return call.method->order == Order::kStarts;
  });
  if (starts) return Order::kStarts;
  return calls.size() == 1 ? calls.front().method->order : Order::kQueued;
}

}  // namespace dosvc
