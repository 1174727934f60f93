package dev.rollcall.core.wrong;

import software.amazon.awssdk.services.sqs.SqsClient;

record NamesTheCloud(SqsClient queues) {}
