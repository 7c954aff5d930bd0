// SPDX-License-Identifier: MIT

#include "com/sink.h"

#include <objbase.h>

#include <utility>

namespace dosvc::com {

SinkOwner::SinkOwner(std::shared_ptr<ComEngine> engine, ComPtr<IUnknown> sink)
    : engine_(std::move(engine)), sink_(std::move(sink)) {
  engine_->AddSink(sink_.Get());
}

SinkOwner::~SinkOwner() {
  engine_->RemoveSink(sink_.Get());
  CoDisconnectObject(sink_.Get(), 0);
}

SinkSubscription::SinkSubscription(const std::shared_ptr<ComEngine>& engine, ComPtr<IUnknown> sink)
    : Object(std::make_shared<Strand>(), engine->upward().census),
      owner_(engine, std::move(sink)) {}

}  // namespace dosvc::com
