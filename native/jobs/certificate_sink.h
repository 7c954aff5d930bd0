// SPDX-License-Identifier: MIT
//
// Our IBackgroundCopyServerCertificateValidationCallback, an answering sink: S_OK means that the
// server's certificate is good, so JavaScript has to say so. A missing, late or failed answer never
// means yes.
// https://learn.microsoft.com/windows/win32/api/bits10_3/nn-bits10_3-ibackgroundcopyservercertificatevalidationcallback
#pragma once

#include <memory>

#include "com/com_engine.h"

namespace dosvc::jobs {

// [JS]
ObjectRef MakeCertificateSink(const std::shared_ptr<com::ComEngine>& engine, SubscriptionId number);

}  // namespace dosvc::jobs
