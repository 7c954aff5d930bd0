// SPDX-License-Identifier: MIT
//
// Our IBackgroundCopyServerCertificateValidationCallback, an answering sink: S_OK accepts the
// server's certificate, so the sink returns it only if JavaScript has accepted the certificate. A
// missing, late or failed answer never accepts it.
// https://learn.microsoft.com/windows/win32/api/bits10_3/nn-bits10_3-ibackgroundcopyservercertificatevalidationcallback

#include <chrono>
#include <utility>

#include "com/sink.h"
#include "core/questions.h"
#include "jobs/callback.h"
#include "jobs/sinks.h"

namespace dosvc::jobs {
namespace {

constexpr std::chrono::seconds kAnswerTimeout{10};

Bytes Copy(const BYTE* data, DWORD length) {
  return data != nullptr ? Bytes(data, data + length) : Bytes();
}

class CertificateSink
    : public com::SinkObject<abi::IBackgroundCopyServerCertificateValidationCallback> {
 public:
  CertificateSink(std::shared_ptr<Questions> questions, SubscriptionId number)
      : questions_(std::move(questions)), number_(number) {}

  // [RPC] Ignores the job and the file: the subscription identifies them, and calling them would be
  // an outgoing call.
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
          questions_->Ask({number_, "certificate", std::move(fields), false}, kAnswerTimeout);
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
                              const Subscription& certificate) {
  auto sink = com::TakeReference<IUnknown>(
      new CertificateSink(engine->channels().questions, certificate.number));
  return MakeObject<com::SinkSubscription>(engine, std::move(sink));
}

}  // namespace dosvc::jobs
