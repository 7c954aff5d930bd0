// SPDX-License-Identifier: MIT
//
// One JavaScript environment's share of the native side: its mailbox, its engine and its requests.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/call.h"
#include "core/engine.h"

namespace dosvc {

class Session {
 public:
  struct Counters {
    int objects = 0;
    std::size_t requests = 0;
    Pool::Counters pool;
  };

  // How long an environment that ends waits for its objects. If that time runs out, environments
  // that end right after it do not wait again.
  static constexpr std::chrono::milliseconds kEndTimeout{200};

  explicit Session(std::function<void()> bell);

  // [JS] Each of them is answered by the request's settlement. Without a timeout there is no
  // deadline.
  using Timeout = std::optional<std::chrono::milliseconds>;
  void Connect(RequestId request, List arguments, Timeout timeout);
  // The calls run in order in one hop, and the failure of one does not stop the rest. `background`
  // calls are the library's own: they yield to those that the program makes.
  void Invoke(
      RequestId request, const ObjectRef& object, Calls calls, Timeout timeout, bool background);

  // One outcome for each query, each of which is a list. Waits for no object.
  void ReadSystem(RequestId request, List queries, Timeout timeout);

  ObjectRef Subscribe(Subscription subscription);
  void Unite(const ObjectRef& object, const std::u16string& key);
  // Queued on the object's strand, ahead of any later call on it.
  void Renew(const ObjectRef& object, const ObjectRef& source);
  bool Answer(QuestionId question, Value answer);

  Mailbox::Batch Drain();
  Counters Count();

  // [JS] The environment is ending: it receives no more events or questions. If it is the last one
  // and ends with the process, a pool without threads starts none: what is left goes with the
  // process.
  void BeginEnd(bool ends_process);
  // [JS] The environment drops its handles between BeginEnd and End. Returns when its objects are
  // gone or kEndTimeout is over. Objects that are left then are abandoned, which is safe because
  // the module stays loaded and everything that a thread touches is shared. A sink that is left
  // returns E_ABORT.
  void End();

 private:
  const Channels channels_;
  const std::shared_ptr<Engine> engine_;
};

}  // namespace dosvc
