// SPDX-License-Identifier: MIT
//
// Every interface and every kind of callback object that the addon offers. It stands outside com/,
// which knows neither jobs nor downloads.

#include <memory>
#include <utility>

#include "com/com_engine.h"
#include "com/registry.h"
#include "downloads/rows.h"
#include "downloads/sinks.h"
#include "jobs/rows.h"
#include "jobs/sinks.h"

namespace dosvc::com {

void AddRows(Registry& registry) {
  jobs::AddManagerRows(registry);
  jobs::AddJobRows(registry);
  jobs::AddFileRows(registry);
  jobs::AddErrorRows(registry);
  jobs::AddHttpOptionsRows(registry);
  jobs::AddTokenOptionsRows(registry);
  jobs::AddPeerCacheRows(registry);
  jobs::AddDeliveryOptimizationRows(registry);
  downloads::AddManagerRows(registry);
  downloads::AddDownloadRows(registry);
}

ObjectRef MakeSink(const std::shared_ptr<ComEngine>& engine, Subscription subscription) {
  const auto& kind = subscription.kind;
  if (kind == u"job") return jobs::MakeJobSink(engine, std::move(subscription));
  if (kind == u"certificate") return jobs::MakeCertificateSink(engine, subscription);
  if (kind == u"status") return downloads::MakeStatusSink(engine, subscription);
  if (kind == u"stream") return downloads::MakeStreamSink(engine, subscription);
  return nullptr;
}

}  // namespace dosvc::com
