package dev.plinth.functions.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends objects without asking first whether they are wanted. S3's client asks by {@code Expect: 100-continue}, which
 * the JDK's HTTP client handles badly: what comes instead of the 100, a refusal or the end of a connection, it throws
 * unchecked, and the SDK repeats only what is checked. What we send is small, so to ask would cost more than to send.
 */
final class NoExpectation implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder().removeHeader("Expect").build();
    }
}
