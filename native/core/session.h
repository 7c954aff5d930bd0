// SPDX-License-Identifier: MIT
//
// One JavaScript environment's share of the native side: its mailbox, its engine, its requests.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/engine.h"

namespace dosvc {

struct Call {
  Call() = default;
  Call(const Call&) = default;
  Call(Call&&) = default;
  Call& operator=(const Call&) = default;
  Call& operator=(Call&&) = default;
  ~Call() {
    for (auto& argument : arguments) Wipe(argument);
  }

  const Method* method = nullptr;
  List arguments;
  // Called in the same hop on the object that this call gives, or on each that it lists. The value
  // is then { object, outcomes } in its place; the object is let go unless it is to be kept.
  std::vector<Call> then;
  bool keep = false;
};

class Session {
 public:
  struct Counters {
    int objects = 0;
    std::size_t requests = 0;
    Pool::Counters pool;
  };

  // How long an environment's end waits for its objects, and then for its sinks to be cut off.
  static constexpr std::chrono::milliseconds kFarewell{200};

  explicit Session(std::function<void()> bell);

  // [JS] Each answers with the request's settlement. Without a timeout the deadline is never.
  using Timeout = std::optional<std::chrono::milliseconds>;
  void Connect(RequestId request, List arguments, Timeout timeout);
  // The calls run one after another in one hop, whatever each of them answers. Aside: nobody asked
  // for them.
  void Invoke(RequestId request,
              const ObjectRef& object,
              std::vector<Call> calls,
              Timeout timeout,
              bool aside);

  ObjectRef Subscribe(SubscriptionId number,
                      const std::u16string& kind,
                      const ObjectRef& target,
                      const Value& options);
  void Unite(const ObjectRef& object, const std::u16string& key);
  // Queued on the object's strand, before any later call on it.
  void Renew(const ObjectRef& object, const ObjectRef& source);
  bool Answer(QuestionId question, Value answer);

  Mailbox::Batch Drain();
  Counters Count();

  // [JS] The environment ends: nothing is told or asked any more. Where it is the last, the process
  // ends with it and there is no thread for calls, none is started: what is left goes with the
  // process.
  void BeginEnd(bool ends_process);
  // [JS] Between the two, its handles are dropped. Returns when its objects are gone, or else its
  // sinks cut off, or the farewell is over: what is left then is left to itself, which is safe
  // because the module stays loaded and all that a thread touches is shared.
  void End();

 private:
  const Upward upward_;
  const std::shared_ptr<Engine> engine_;
  // What the end does on a thread of the pool, made beforehand: an end must not fail.
  const std::shared_ptr<Strand> last_;
  const std::shared_ptr<Census> unsaid_;  // counts the farewell until it is said
  std::unique_ptr<Task> farewell_;
};

}  // namespace dosvc
