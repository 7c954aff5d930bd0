// SPDX-License-Identifier: MIT
//
// The fake service's stream: its own threads write into the pipe, as a service's RPC threads write
// into our IStream.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "core/engine.h"
#include "core/pipe.h"
#include "core/thread.h"
#include "object.h"
#include "subscriptions.h"

namespace dosvc::fake {

// { threads, writes, size, capacity }: each thread makes `writes` writes of `size` bytes. The bytes
// of one write are all the same, numbered by thread and write. Then the thread posts `written` with
// { thread, writes }, the number of writes that the pipe took.
class Writer : public Counted {
 public:
  // [JS] The threads own all that they touch, and end by themselves.
  Writer(const Channels& channels,
         std::shared_ptr<Pipe> pipe,
         SubscriptionId number,
         const Value& options)
      : Counted(channels.live_objects), pipe_(std::move(pipe)) {
    const auto threads = static_cast<int>(NumberOf(options, "threads", 1));
    const auto writes = static_cast<int>(NumberOf(options, "writes", 1));
    const auto size = static_cast<std::size_t>(NumberOf(options, "size", 1));
    for (int thread = 0; thread < threads; ++thread) {
      StartThread([&] {
        std::thread(Run, pipe_, channels.mailbox, number, thread, writes, size).detach();
      });
    }
  }

  // [COM] As the subscription of the product does.
  ~Writer() override { pipe_->Close(); }

 private:
  // [RPC]
  static void Run(const std::shared_ptr<Pipe>& pipe,
                  const std::shared_ptr<Mailbox>& mailbox,
                  SubscriptionId number,
                  int thread,
                  int writes,
                  std::size_t size) {
    ThreadScope scope(Thread::kRpc);
    int written = 0;
    const bool answered = Answer([&] {
      std::vector<std::uint8_t> bytes(size);
      for (; written < writes; ++written) {
        const auto mark = static_cast<std::uint8_t>(16 * thread + written % 16);
        std::fill(bytes.begin(), bytes.end(), mark);
        if (!pipe->Write(bytes.data(), bytes.size())) break;
      }
    });
    // A write may be in the pipe only in part.
    if (!answered) pipe->Close();
    if (written < writes) ++Totals::Get().aborted;
    Answer([&] {
      Record told{{"thread", static_cast<double>(thread)},
                  {"writes", static_cast<double>(written)}};
      mailbox->Put({number, "written", Value(std::move(told)), false});
    });
  }

  const std::shared_ptr<Pipe> pipe_;
};

}  // namespace dosvc::fake
