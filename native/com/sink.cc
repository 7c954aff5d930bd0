// SPDX-License-Identifier: MIT

#include "com/sink.h"

#include <utility>

#include "com/sink_guard.h"

namespace dosvc::com {

SinkOwner::SinkOwner(std::shared_ptr<ComEngine> engine, ComPtr<IUnknown> sink)
    : engine_(std::move(engine)) {
  sink_.push_back(std::move(sink));
  engine_->AddSink(get());
}

SinkOwner::~SinkOwner() {
  engine_->RemoveSink(get());
  Disconnect(sink_);
}

SinkSubscription::SinkSubscription(const std::shared_ptr<ComEngine>& engine, ComPtr<IUnknown> sink)
    : Object(std::make_shared<Strand>(), engine->channels().live_objects),
      owner_(engine, std::move(sink)) {}

}  // namespace dosvc::com
