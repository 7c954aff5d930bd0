// SPDX-License-Identifier: MIT
//
// Our IDODownloadStatusCallback, a notification sink. The status comes with the call and goes
// straight into the mailbox.

#include <utility>

#include "com/sink.h"
#include "downloads/download.h"
#include "downloads/marshal.h"
#include "downloads/sinks.h"

namespace dosvc::downloads {
namespace {

class StatusSink : public com::SinkObject<abi::IDODownloadStatusCallback> {
 public:
  StatusSink(std::shared_ptr<Mailbox> mailbox, SubscriptionId number)
      : mailbox_(std::move(mailbox)), number_(number) {}

  // [RPC]
  HRESULT STDMETHODCALLTYPE OnStatusChange(abi::IDODownload*,
                                           const abi::DO_DOWNLOAD_STATUS* status) override {
    return com::Answer([&] {
      if (status == nullptr) return S_OK;
      const bool put = mailbox_->Put({number_, "status", ToValue(*status), false});
      return put ? S_OK : E_ABORT;
    });
  }

 private:
  const std::shared_ptr<Mailbox> mailbox_;
  const SubscriptionId number_;
};

}  // namespace

ObjectRef MakeStatusSink(const std::shared_ptr<com::ComEngine>& engine,
                         const Subscription& status) {
  auto sink =
      com::TakeReference<IUnknown>(new StatusSink(engine->channels().mailbox, status.number));
  return MakeObject<com::SinkSubscription>(engine, std::move(sink));
}

}  // namespace dosvc::downloads
