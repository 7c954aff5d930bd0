// SPDX-License-Identifier: MIT

#include "jobs/certificate_sink.h"

#include <chrono>
#include <utility>

#include "com/sink.h"
#include "core/questions.h"
#include "jobs/callback.h"

namespace dosvc::jobs {
namespace {

constexpr std::chrono::seconds kPatience{10};

Bytes Copy(const BYTE* data, DWORD length) {
  return data != nullptr ? Bytes(data, data + length) : Bytes();
}

class CertificateSink
    : public com::SinkObject<abi::IBackgroundCopyServerCertificateValidationCallback> {
 public:
  CertificateSink(std::shared_ptr<Questions> questions, SubscriptionId number)
      : questions_(std::move(questions)), number_(number) {}

  // [RPC] The job and the file are known by the subscription; asking them would be an outgoing
  // call.
  HRESULT STDMETHODCALLTYPE ValidateServerCertificate(abi::IBackgroundCopyJob*,
                                                      abi::IBackgroundCopyFile*,
                                                      DWORD certificate_length,
                                                      const BYTE* certificate,
                                                      DWORD encoding_type,
                                                      DWORD store_length,
                                                      const BYTE* store) override {
    return com::Answer([&] {
      Record fields{{"certificate", Copy(certificate, certificate_length)},
                    {"encodingType", static_cast<double>(encoding_type)},
                    {"store", Copy(store, store_length)}};
      const auto answer =
          questions_->Ask({number_, "certificate", std::move(fields), false}, kPatience);
      if (!answer) return E_ABORT;
      const auto* const good = answer->As<bool>();
      return good != nullptr && *good ? S_OK : E_ACCESSDENIED;
    });
  }

 private:
  const std::shared_ptr<Questions> questions_;
  const SubscriptionId number_;
};

}  // namespace

ObjectRef MakeCertificateSink(const std::shared_ptr<com::ComEngine>& engine,
                              SubscriptionId number) {
  auto sink = com::Owner<IUnknown>(new CertificateSink(engine->upward().questions, number));
  return Own<com::SinkSubscription>(engine, std::move(sink));
}

}  // namespace dosvc::jobs
