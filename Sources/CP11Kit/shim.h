#pragma once
/* The iterator is declared for those who say this; its calls have not changed since p11-kit 0.24. */
#define P11_KIT_FUTURE_UNSTABLE_API 1
#include <p11-kit/p11-kit.h>
#include <p11-kit/iter.h>
#include <p11-kit/uri.h>
/* Macros with casts, which Swift does not see. */
static const CK_OBJECT_CLASS mintmark_private_key = CKO_PRIVATE_KEY;
static const CK_OBJECT_CLASS mintmark_public_key = CKO_PUBLIC_KEY;
static const CK_MECHANISM_TYPE mintmark_eddsa = CKM_EDDSA;
